import { afterAll, beforeAll, describe, expect, it, type TestContext, vi } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';
import { type Alertmanager, findAlertmanager, startAlertmanager } from './alertmanager.ts';

const found = findAlertmanager();
const patienceMs = { timeout: 30_000, interval: 100 };
const alert = {
  labels: { alertname: 'DiskFull', instance: 'db1', severity: 'critical' },
  annotations: { summary: 'Disk of *db1* is full' },
};

describe(`Debian's prometheus-alertmanager ${found?.version ?? ''}`, { timeout: 60_000 }, () => {
  let server: RunningServer;
  let alertmanager: Alertmanager;
  let roomId: string;

  beforeAll(async () => {
    if (!found) return;
    server = await startServer();
    const { body } = await server.api('pager').get('/rooms');
    roomId = body.items.find((room: Record<string, string>) => room.title === 'Alerts').id;
    const target = { apiUrl: `${server.baseUrl}/v1/messages`, token: server.token('pager'), roomId };
    alertmanager = await startAlertmanager(found.program, target);
  }, 150_000);

  afterAll(async () => {
    await alertmanager?.stop();
    await server?.stop();
  }, 120_000);

  function needsAlertmanager(context: TestContext): void {
    if (!found) context.skip('prometheus-alertmanager is not installed (Debian: apt-get install it)');
  }

  /** The newest message of the room, once there are as many as expected. */
  async function newest(count: number): Promise<Record<string, string>> {
    return vi.waitFor(async () => {
      const { body } = await server.api('ada').get(`/messages?roomId=${roomId}`);
      expect(body.items).toHaveLength(count);
      return body.items[0];
    }, patienceMs);
  }

  it('posts a firing alert into a room', async (context) => {
    needsAlertmanager(context);
    await alertmanager.report([alert]);
    const message = await newest(1);
    expect(message).toMatchObject({ personEmail: 'pager@webex.bot', roomId });
    expect(message.text).toContain('Alerts Firing:');
    expect(message.text).toContain('alertname = DiskFull');
    expect(message.html).toContain('<em>db1</em>');
  });

  it('posts that the alert is resolved', async (context) => {
    needsAlertmanager(context);
    await alertmanager.report([{ ...alert, endsAt: '2020-01-01T00:00:00Z' }]);
    expect((await newest(2)).text).toContain('Alerts Resolved:');
  });
});
