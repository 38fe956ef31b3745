import { decodeWireKey, decodeWireUuid, encodeWireId, type Uuid } from '@moothall/core';
import { addApp, addLicense, mintToken, openGrant } from '@moothall/platform';
import {
  type AnyBody,
  type ApiClient,
  startSink,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';

/** Stands in each name, title and address of Ada's organisation, and nowhere else. */
export const MARK = 'Zephyr';

const CARD = 'application/vnd.microsoft.card.adaptive';
const ID = /^[A-Za-z0-9_-]{16,}$/;

/** Ids of objects have a UUID or a client id within; ids of roles are the same for everybody. */
function isOwnId(text: string): boolean {
  return ID.test(text) && /^ciscospark:\/\/us\/(?!ROLE\/)/.test(Buffer.from(text, 'base64url').toString());
}

/** Makes objects of Ada's organisation, and keeps what strangers must not be told of them. */
export class Maker {
  readonly kit: TestPlatform;
  readonly ada: TestPerson;
  readonly ben: TestPerson;
  /** Ada at our pages. */
  readonly page: ApiClient;
  readonly secrets = new Set<string>();
  #count = 0;

  constructor(kit: TestPlatform, ada: TestPerson, ben: TestPerson, page: ApiClient) {
    this.kit = kit;
    this.ada = ada;
    this.ben = ben;
    this.page = page;
    this.learn([ada.wireId, ben.wireId, encodeWireId('ORGANIZATION', ada.orgId)]);
  }

  /** A name that nothing else has. */
  name(): string {
    this.#count += 1;
    return `${MARK} ${this.#count}`;
  }

  get orgId(): string {
    return encodeWireId('ORGANIZATION', this.ada.orgId);
  }

  /** Keeps each id of a reply, in both of its forms. */
  learn(body: AnyBody): void {
    if (typeof body === 'string' && isOwnId(body)) {
      this.secrets.add(body);
      for (const part of decodeWireKey([], body)?.split(/[:/]/) ?? []) this.secrets.add(part);
    } else if (typeof body === 'object' && body !== null)
      for (const part of Object.values(body)) this.learn(part);
  }

  async post(path: string, body: unknown, by: ApiClient = this.ada.api): Promise<AnyBody> {
    const reply = await by.post(path, body);
    if (reply.status !== 200) throw new Error(`POST ${path}: ${reply.status} ${reply.text}`);
    this.learn(reply.body);
    return reply.body;
  }

  async person(): Promise<TestPerson> {
    const person = await this.kit.addPerson({ name: this.name(), org: this.ada.orgId });
    this.learn(person.wireId);
    return person;
  }

  async room(): Promise<string> {
    return (await this.post('/rooms', { title: this.name() })).id;
  }

  async team(): Promise<string> {
    return (await this.post('/teams', { name: this.name() })).id;
  }

  async tab(): Promise<{ id: string; roomId: string }> {
    const body = { roomId: await this.room(), displayName: this.name(), contentUrl: 'https://tab.test/x' };
    return this.post('/room/tabs', body);
  }

  async message(more: Record<string, unknown> = {}): Promise<{ id: string; roomId: string }> {
    return this.post('/messages', { roomId: await this.room(), text: this.name(), ...more });
  }

  async card(): Promise<string> {
    const content = { type: 'AdaptiveCard', version: '1.3', body: [] };
    return (await this.message({ attachments: [{ contentType: CARD, content }] })).id;
  }

  async action(): Promise<{ id: string; messageId: string }> {
    const roomId = await this.room();
    await this.post('/memberships', { roomId, personId: this.ben.wireId });
    const content = { type: 'AdaptiveCard', version: '1.3', body: [] };
    const message = { roomId, text: this.name(), attachments: [{ contentType: CARD, content }] };
    const { id: messageId } = await this.post('/messages', message, this.ben.api);
    return {
      messageId,
      ...(await this.post('/attachment/actions', { type: 'submit', messageId, inputs: {} })),
    };
  }

  async content(): Promise<string> {
    const form = new FormData();
    form.set('roomId', await this.room());
    form.set('files', new Blob(['text of a file'], { type: 'text/plain' }), `${this.name()}.txt`);
    const { files } = await this.post('/messages', form);
    return String(files[0]).split('/').at(-1)!;
  }

  async membership(): Promise<string> {
    return (await this.post('/memberships', { roomId: await this.room(), personId: this.ben.wireId })).id;
  }

  async teamMembership(): Promise<string> {
    const body = { teamId: await this.team(), personId: this.ben.wireId };
    return (await this.post('/team/memberships', body)).id;
  }

  async webhook(): Promise<string> {
    const body = { targetUrl: 'https://hook.test/x', resource: 'messages', event: 'created' };
    return (await this.post('/webhooks', { name: this.name(), ...body })).id;
  }

  /** A delivery of a webhook of Ada's. */
  async delivery(): Promise<{ id: string; deliveryId: string }> {
    const sink = await startSink();
    const body = { targetUrl: `${sink.url}/x`, resource: 'messages', event: 'created' };
    const { id } = await this.post('/webhooks', { name: this.name(), ...body });
    await this.kit.platform.startWork();
    await this.message();
    await this.kit.platform.idle();
    await this.kit.platform.stopWork();
    await sink.close();
    const { items } = (await this.page.get(`/portal/api/webhooks/${id}/deliveries`)).body;
    this.secrets.add(items[0].id);
    return { id, deliveryId: items[0].id };
  }

  /** The authorization of a new token of Ben's. */
  async authorization(): Promise<string> {
    const { world } = this.kit;
    const request = { personId: this.ben.id, orgId: this.ben.orgId, scopes: [] };
    const id = encodeWireId(
      'AUTHORIZATION',
      (await world.store.tx((tx) => mintToken(world, tx, request))).tokenId,
    );
    this.learn(id);
    return id;
  }

  /** The client id of an integration that nobody authorised. */
  async clientId(): Promise<string> {
    const { world } = this.kit;
    const request = { kind: 'integration' as const, name: this.name(), orgId: this.ada.orgId };
    const { clientId } = await world.store.tx((tx) => addApp(world, tx, request));
    this.secrets.add(clientId);
    return clientId;
  }

  /** The client id of an integration that Ada allowed something. */
  async grant(): Promise<string> {
    const { world } = this.kit;
    const clientId = await this.clientId();
    const request = { personId: this.ada.id, orgId: this.ada.orgId, clientId, scopes: ['spark:people_read'] };
    await world.store.tx((tx) => openGrant(world, tx, request));
    return clientId;
  }

  async license(): Promise<string> {
    const { world } = this.kit;
    const key = this.name();
    const request = { orgId: this.ada.orgId as Uuid, key, name: key, totalUnits: 5 };
    const id = await world.store.tx((tx) => addLicense(world, tx, request));
    this.secrets.add(id);
    return id;
  }

  /** An app of Ada's, made in the portal. */
  async app(form: Record<string, unknown>): Promise<AnyBody> {
    return (await this.newApp(form)).app;
  }

  /** The same with its secret. */
  newApp(form: Record<string, unknown>): Promise<AnyBody> {
    return this.post('/portal/api/apps', { name: this.name(), ...form }, this.page);
  }

  /** A service app of Ada's that asked for authorisation in her organisation; `version` is what the hub shows. */
  async serviceApp(): Promise<{ id: string; clientId: string; secret: string; version: string }> {
    const scopes = ['spark-admin:people_read'];
    const form = { type: 'service_app', scopes, contactEmail: 'dev@zephyr.test' };
    const { app, secret } = await this.newApp(form);
    await this.post(`/portal/api/apps/${app.id}/authorization-requests`, {}, this.page);
    const { items } = (await this.page.get('/hub/api/service-apps')).body;
    const { version } = items.find(({ id }: { id: string }) => id === app.id);
    return { id: app.id, clientId: app.clientId, secret: secret.value ?? secret, version };
  }

  /** One that was authorised. */
  async authorizedServiceApp() {
    const app = await this.serviceApp();
    await this.post(`/hub/api/service-apps/${app.id}/authorization`, { version: app.version }, this.page);
    return app;
  }

  uuidOf(wireId: string): Uuid {
    return decodeWireUuid(['PEOPLE', 'ROOM', 'TEAM'], wireId)!;
  }
}
