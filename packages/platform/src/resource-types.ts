import type { PersonType, ResourceContract } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import type { Migration, QueueSpec, ReaderSpec, StoredEvent, Tx } from '@moothall/store';

/** Who makes a webhook, or whom it speaks for. */
export type WebhookListener = {
  personId: Uuid;
  orgId: Uuid;
  type: PersonType;
  /** Hears what happens in the whole organisation, not only in the person's own rooms. */
  orgWide: boolean;
};

/** A filter of webhooks: from the text a user gave, a test of an event's data. */
export type WebhookFilterOf<World> = {
  /**
   * Reads the filter's value when the webhook is made; `webhook-filters.ts` has the usual ones.
   * @returns the value in storage form, or undefined when it is no value of this filter or names
   *   something that the listener cannot see: the reply is then 400 `invalid value for filter`
   */
  parse(
    value: string,
    listener: WebhookListener,
    world: World,
  ): string | undefined | Promise<string | undefined>;
  /** @param value what `parse` returned */
  matches(data: Record<string, unknown>, value: string): boolean;
};

/** How the events of a resource become webhooks. */
export type WebhookSourceOf<World> = {
  /** Name in `resource`, e.g. `attachmentActions`. */
  resource: string;
  /** Events that happen; `all` beside them is understood when one of created, updated, deleted is there. */
  events: readonly string[];
  /** Scopes of which the creator's token must hold one. */
  readScopes: readonly string[];
  /** Scopes of which the creator of an org-wide webhook must hold one; absent: there is no org-wide one. */
  orgReadScopes?: readonly string[];
  /** Whether `all`/`all` hears it (documented: rooms, messages and memberships only). */
  inFirehose: boolean;
  filters: Readonly<Record<string, WebhookFilterOf<World>>>;
  /** Hearers beside the members of the event's room, such as the person who was just removed. */
  alsoHeardBy?(event: StoredEvent): readonly string[];
  /** Whether one hearer may know of the event; a bot hears only messages that mention it. */
  mayHear?(event: StoredEvent, hearer: { personId: string; type: PersonType }): boolean;
  /** `data` of the delivery: the resource in wire form without its sensitive fields. */
  present(event: StoredEvent, baseUrl: string): Record<string, unknown>;
};

/** A slice as the platform sees it: one folder, one line in the registry. */
export type ResourceOf<World> = ResourceContract & {
  migrations?: readonly Migration[];
  routes?(mount: Mount, world: World): void;
  webhook?: WebhookSourceOf<World>;
  /** Job queues that its worker runs. */
  queues?(world: World): readonly QueueSpec[];
  /** Projections of the event log. */
  readers?(world: World): readonly ReaderSpec[];
  /**
   * What ends with a person, in the transaction that deletes them: memberships, webhooks. The
   * person's row is locked by then, so that nothing can be added for them meanwhile.
   */
  personDeleted?(
    world: World,
    tx: Tx,
    personId: Uuid,
    cause: { actorId: string; appId?: string | undefined; traceId?: string | undefined },
  ): Promise<void>;
  /** What ends with an app, in the transaction that deletes it: accounts that act for it. */
  appDeleted?(
    world: World,
    tx: Tx,
    appId: Uuid,
    cause: { actorId: string; traceId?: string | undefined },
  ): Promise<void>;
  /** What ends when a person may not sign in any more, in the transaction that decides it: tokens, sessions. */
  personDeactivated?(
    world: World,
    tx: Tx,
    personId: Uuid,
    cause: { actorId: string; appId?: string | undefined; traceId?: string | undefined },
  ): Promise<void>;
};
