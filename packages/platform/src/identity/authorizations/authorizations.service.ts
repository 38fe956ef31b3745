import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { findAppNames } from '../../apps/apps/index.ts';
import { authorize, type Decider } from '../../authorize.ts';
import { type AuditCause, recordAudit } from '../../operations/audit/index.ts';
import {
  findPersonByEmail,
  findPersonFacts,
  type PersonFacts,
  peopleErrors,
} from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { type GrantTable, listGrants, revokeGrants } from '../grants/index.ts';
import {
  firstPartyAppOf,
  firstPartyApps,
  listTokens,
  revokeTokens,
  type TokenTable,
} from '../tokens/index.ts';
import { readAuthorizations, revokeAll, revokeOne } from './access-authorization.ts';
import { authorizationErrors } from './authorizations.errors.ts';
import { type AuthorizationRow, findAuthorization, findTokenExpiry } from './authorizations.store.ts';

/** An administrator's request: it decides, and it is audited. */
export type AuditedDecider = Decider & AuditCause;

/** A live token or grant, with the app that it belongs to. */
export type Authorization = {
  id: string;
  type: 'access' | 'refresh';
  personId: string;
  clientId: string;
  applicationName: string;
  created: Date;
  /** Null: it does not expire. */
  expires: Date | null;
  scopes: readonly string[];
};

/** Whom a list is asked of; one of the two, or both where they agree. */
export type Person = { personId?: Uuid | undefined; personEmail?: string | undefined };

const NEVER_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

/** @throws ApiError `person.not_specified`, `person.ambiguous`, `authorization.foreign_person` */
async function accessPerson(world: World, decider: Decider, who: Person): Promise<PersonFacts> {
  const { personId, personEmail } = who;
  if (personId === undefined && personEmail === undefined)
    throw new ApiError(peopleErrors['person.not_specified']);
  const person = await (personId === undefined
    ? findPersonByEmail(world, personEmail!)
    : findPersonFacts(world, personId));
  const known = person?.deleted ? undefined : person;
  authorize(decider, readAuthorizations, { orgId: known?.orgId });
  if (!known) throw new ApiError(authorizationErrors['authorization.foreign_person']);
  if (personEmail !== undefined && known.email.toLowerCase() !== personEmail.toLowerCase())
    throw new ApiError(peopleErrors['person.ambiguous']);
  return known;
}

/** Names of registered apps; the client ids of those that are gone. */
async function appNames(world: World, clientIds: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(clientIds)];
  const names = await findAppNames(world.store.db, distinct);
  return new Map(distinct.map((id) => [id, names.get(id) ?? id]));
}

async function appName(world: World, clientId: string): Promise<string> {
  return (await findAppNames(world.store.db, [clientId])).get(clientId) ?? clientId;
}

function ofGrant(row: GrantTable, names: ReadonlyMap<string, string>): Authorization {
  return {
    id: row.id,
    type: 'refresh',
    personId: row.person_id,
    clientId: row.client_id,
    applicationName: names.get(row.client_id)!,
    created: row.created,
    expires: row.refresh_expires_at,
    scopes: row.scopes,
  };
}

function ofToken(row: TokenTable, names: ReadonlyMap<string, string>): Authorization {
  const own = firstPartyAppOf(row.site);
  return {
    id: row.id,
    type: 'access',
    personId: row.person_id,
    clientId: row.app_id ?? own.clientId,
    applicationName: row.app_id === null ? own.name : names.get(row.app_id)!,
    created: row.created,
    expires: row.expires_at,
    scopes: row.scopes,
  };
}

/**
 * What a person of the administrator's organisation allowed apps, and their live tokens, newest first:
 * grants, then tokens. Personal tokens and our own sites' are among them.
 * @throws ApiError `person.not_specified`, `person.ambiguous`, `authorization.foreign_person`
 */
export async function listAuthorizationsOf(
  world: World,
  decider: Decider,
  who: Person,
): Promise<{ person: PersonFacts; authorizations: Authorization[] }> {
  const person = await accessPerson(world, decider, who);
  const of = { personId: person.id };
  const grants = await listGrants(world, world.store.db, of);
  const tokens = await listTokens(world, world.store.db, of);
  const clientIds = [...grants.map((row) => row.client_id), ...tokens.flatMap((row) => row.app_id ?? [])];
  const names = await appNames(world, clientIds);
  const authorizations = [
    ...grants.map((row) => ofGrant(row, names)),
    ...tokens.map((row) => ofToken(row, names)),
  ];
  return { person, authorizations };
}

async function revoke(world: World, tx: Tx, row: AuthorizationRow, decider: Decider): Promise<number> {
  const { actor, trace } = decider;
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId, orgId: row.orgId };
  const of = { ids: [row.id] };
  const rows = await (row.type === 'access'
    ? revokeTokens(world, tx, of, cause)
    : revokeGrants(world, tx, of, cause));
  return rows.length;
}

/**
 * Revokes a token; or, where the id is a refresh token's, its grant with all access tokens under it. From
 * the reply on they are refused; audited.
 * @throws ApiError `authorization.foreign`, and `authorization.not_found` for what was revoked before
 */
export async function revokeAuthorization(world: World, decider: AuditedDecider, id: Uuid): Promise<void> {
  const row = await findAuthorization(world.store.db, id);
  authorize(decider, revokeOne, { orgId: row?.orgId });
  if (!row) throw new ApiError(authorizationErrors['authorization.foreign']);
  const name = row.clientId === null ? firstPartyAppOf(row.site).name : await appName(world, row.clientId);
  await world.store.tx(async (tx) => {
    const revoked = await revoke(world, tx, row, decider);
    if (revoked === 0) throw new ApiError(authorizationErrors['authorization.not_found']);
    recordAudit(tx, decider, {
      orgId: row.orgId,
      category: 'AUTHORIZATION_REVOKED',
      target: { type: 'authorization', id, name },
      actionText: `${decider.actor.displayName} revoked the ${row.type} token of ${name} for ${row.displayName}`,
    });
  });
}

/**
 * Revokes all that people of the administrator's organisation allowed an app, with all tokens that it
 * has of them; audited, also where there was nothing.
 * @throws ApiError `authorization.foreign_organization`, `authorization.first_party`
 */
export async function revokeClient(
  world: World,
  decider: AuditedDecider,
  request: { clientId: string; orgId?: Uuid | undefined },
): Promise<void> {
  const { actor, trace } = decider;
  const { clientId, orgId = actor.orgId } = request;
  authorize(decider, revokeAll, { orgId });
  if (Object.values(firstPartyApps).some((app) => app.clientId === clientId))
    throw new ApiError(authorizationErrors['authorization.first_party']);
  const name = await appName(world, clientId);
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId, orgId };
  await world.store.tx(async (tx) => {
    const grants = await revokeGrants(world, tx, { clientId, orgId }, cause);
    // Tokens that were issued without a grant: to guests, service apps and bots.
    await revokeTokens(world, tx, { appId: clientId, orgId }, cause);
    recordAudit(tx, decider, {
      orgId,
      category: 'AUTHORIZATION_REVOKED',
      target: { type: 'application', id: clientId, name },
      actionText: `${actor.displayName} revoked ${grants.length} authorizations of ${name} for the whole organization`,
    });
  });
}

/** When the calling token expires, in milliseconds since 1970; the end of the year 9999 when it does not (decided). */
export async function tokenExpiryMs(world: World, { actor }: Decider): Promise<number> {
  const expires = await findTokenExpiry(world.store.db, actor.tokenId);
  return expires?.getTime() ?? NEVER_MS;
}
