import { ApiError } from '@moothall/core';
import type { WebhookListener, WebhookSource } from '../../resource.ts';
import type { World } from '../../world.ts';
import { webhookErrors } from './webhooks.errors.ts';
import type { StoredFilter } from './webhooks.table.ts';

/** The resource and the event that stand for several. */
export const ALL = 'all';

/** Events that `all` covers (documented). */
const COVERED_BY_ALL = ['created', 'updated', 'deleted'];

/** Resources that the real service has and this one has not: refused by name rather than never heard of. */
const NOT_BUILT = [
  'meetings',
  'meetingParticipants',
  'meetingTranscripts',
  'recordings',
  'convergedRecordings',
  'dataSources',
  'serviceApp',
  'telephony_calls',
  'telephony_conference',
  'telephony_mwi',
  'uc_counter',
  'uc_counters',
  'adminBatchJobs',
  'videoMeshAlerts',
  'controlHubAlerts',
];

/** The sources of a world's registry, by resource. */
export function webhookSources(world: Pick<World, 'resources'>): Map<string, WebhookSource> {
  return new Map(world.resources.flatMap(({ webhook }) => (webhook ? [[webhook.resource, webhook]] : [])));
}

function eventsOf(source: WebhookSource): string[] {
  return COVERED_BY_ALL.some((event) => source.events.includes(event))
    ? [...source.events, ALL]
    : [...source.events];
}

function refuseEvent(resource: string, event: string, known: readonly string[]): never {
  const parameters = { resource, event, known: known.join(', ') };
  throw new ApiError(webhookErrors['webhook.event_unknown'], { parameters });
}

/**
 * The sources that a webhook listens to.
 * @throws ApiError 400 for a resource or a pair that does not exist, or is not built
 */
export function sourcesFor(world: World, resource: string, event: string): WebhookSource[] {
  const sources = webhookSources(world);
  if (resource === ALL) {
    if (event !== ALL) refuseEvent(resource, event, [ALL]);
    return [...sources.values()].filter((source) => source.inFirehose);
  }
  const source = sources.get(resource);
  if (!source) {
    const code = NOT_BUILT.includes(resource) ? 'webhook.resource_not_available' : 'webhook.resource_unknown';
    const parameters = { resource, known: [...sources.keys(), ALL].join(', ') };
    throw new ApiError(webhookErrors[code], { parameters });
  }
  if (!eventsOf(source).includes(event)) refuseEvent(resource, event, eventsOf(source));
  return [source];
}

/** Whether a webhook for `resource` and `event` hears something that happened. */
export function isFor(
  webhook: { resource: string; event: string },
  source: WebhookSource,
  happened: string,
): boolean {
  if (webhook.resource === ALL ? !source.inFirehose : webhook.resource !== source.resource) return false;
  return webhook.event === ALL ? COVERED_BY_ALL.includes(happened) : webhook.event === happened;
}

function splitFilter(text: string): StoredFilter[] {
  return text.split('&').map((part) => {
    const at = part.indexOf('=');
    if (at < 1) throw new ApiError(webhookErrors['webhook.filter_malformed']);
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  });
}

/**
 * Reads a filter such as `roomId=...&personEmail=...`; all parts must hold.
 * @throws ApiError 400 `invalid value for filter: <name>` for an unknown name, a value that is none,
 *   and a thing that the listener cannot see
 */
export async function parseFilter(
  world: World,
  text: string,
  source: WebhookSource | undefined,
  listener: WebhookListener,
): Promise<StoredFilter[]> {
  const filters = source?.filters ?? {};
  const stored: StoredFilter[] = [];
  for (const [name, value] of splitFilter(text)) {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (!filter) {
      const known = Object.keys(filters).join(', ') || 'none';
      const parameters = { name, known, resource: source?.resource ?? ALL };
      throw new ApiError(webhookErrors['webhook.filter_unknown'], { parameters });
    }
    const parsed = await filter.parse(value, listener, world);
    if (parsed === undefined)
      throw new ApiError(webhookErrors['webhook.filter_invalid'], { parameters: { name } });
    stored.push([name, parsed]);
  }
  return stored;
}
