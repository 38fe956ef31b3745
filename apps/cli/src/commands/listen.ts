import { usageError } from '../cli-error.ts';
import type { Call, Command } from '../command.ts';
import type { Forwarded } from '../listen/forwarder.ts';
import { actingOptions, actingToken } from './acting-token.ts';

function forwardTarget(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw usageError(`--forward-to: '${text}' must be a URL that begins with http:// or https://.`);
}

function line({ resource, event, status, error, durationMs }: Forwarded): string {
  return `${resource} ${event} -> ${status ?? error} (${durationMs} ms)\n`;
}

function webhookOf({ given }: Call, targetUrl: string): Record<string, unknown> {
  const [secret, filter] = [given.text('secret'), given.text('filter')];
  return {
    name: 'moot listen',
    targetUrl,
    resource: given.text('resource') ?? 'all',
    event: given.text('event') ?? 'all',
    ...(secret !== undefined && { secret }),
    ...(filter !== undefined && { filter }),
  };
}

async function untilInterrupted({ io }: Call): Promise<void> {
  const signal = io.interrupted();
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Passes webhooks of somebody on to a program on this machine while it runs. */
export const listen: Command = {
  name: 'listen',
  summary:
    'Pass the webhooks of a person or bot on to a URL until Ctrl+C; with --json one document a line. The server must be on this machine',
  options: [
    ['--forward-to <url>', 'required: where each webhook is sent, body and headers unchanged'],
    ...actingOptions,
    ['--resource <name>', 'all unless said'],
    ['--event <name>', 'all unless said'],
    ['--filter <filter>', 'filter of the webhook, such as roomId=...'],
    ['--secret <secret>', 'signs each body: X-Spark-Signature'],
  ],
  needs: ['lab', 'rest'],
  examples: [
    'moot listen --forward-to http://localhost:3000/webhook --person echo@webex.bot',
    'moot listen --forward-to http://localhost:3000/ --token $TOKEN --resource messages --event created --secret s3cret',
  ],
  async run(call) {
    const { io, json, given } = call;
    const target = forwardTarget(given.required('forward-to'));
    const { openForwarder } = await import('../listen/forwarder.ts');
    const token = await actingToken(call);
    const print = (result: Forwarded) => io.out(json ? `${JSON.stringify(result)}\n` : line(result));
    const forwarder = await openForwarder(target, print);
    try {
      const webhook = await call.server().rest(token, 'POST', '/webhooks', webhookOf(call, forwarder.url));
      const id = encodeURIComponent(String(webhook.body.id));
      try {
        io.out(json ? `${webhook.text.trim()}\n` : `listening, forwarding to ${target}; Ctrl+C ends\n`);
        await untilInterrupted(call);
      } finally {
        await call.server().rest(token, 'DELETE', `/webhooks/${id}`);
      }
    } finally {
      await forwarder.close();
    }
    return undefined;
  },
};
