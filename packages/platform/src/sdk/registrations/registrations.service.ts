import type { Actor } from '@moothall/contract';
import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Action, authorize, type Decider, type Refusal } from '../../authorize.ts';
import { lockPerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { EXPIRY_QUEUE } from './expiry-queue.ts';
import { registrationErrors } from './registrations.errors.ts';
import {
  countLive,
  deleteOf,
  extendLive,
  findLive,
  insertRegistration,
  listLive,
  type Registration,
} from './registrations.store.ts';

/** Who ends or begins a registration, for the events. */
export type RegistrationCause = {
  actorId?: string | undefined;
  appId?: string | undefined;
  traceId?: string | undefined;
};

/** What a program says of itself when it registers. */
export type DeviceRequest = {
  name?: string | undefined;
  deviceType?: string | undefined;
  model?: string | undefined;
  localizedModel?: string | undefined;
  systemName?: string | undefined;
  systemVersion?: string | undefined;
  /** Life without a refresh; `registration.lifetime` at most, and unless said. */
  ttlSeconds?: number | undefined;
};

const own = (actor: Actor, { personId }: { personId: string | undefined }): Refusal =>
  personId === actor.personId ? undefined : 'it is no registration of theirs';

function ownAction(verb: string): Action<{ personId: string | undefined }> {
  return {
    name: `registrations.${verb}`,
    relations: { user: own },
    unrelated: registrationErrors['registration.not_found'],
  };
}

const create = ownAction('create');
const read = ownAction('read');
const refresh = ownAction('refresh');
const remove = ownAction('delete');

function causeOf({ actor, trace }: Decider): RegistrationCause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

/** Appends the event of a registration. */
export function emitRegistration(
  tx: Tx,
  event: 'created' | 'updated' | 'deleted',
  { id, personId, orgId }: Pick<Registration, 'id' | 'personId' | 'orgId'>,
  cause: RegistrationCause,
): void {
  tx.emit({ ...cause, orgId, resource: 'registrations', event, dataId: id, data: { id, personId } });
}

function endOfLife(world: World, now: Date, ttlSeconds: number | undefined): Date {
  const longest = world.limits.get('registration.lifetime');
  return new Date(now.getTime() + Math.min(ttlSeconds ?? longest, longest) * 1000);
}

function expireAt(tx: Tx, { id, personId, expires }: Registration): void {
  tx.enqueue({ queue: EXPIRY_QUEUE, payload: { id, personId }, runAt: expires });
}

/** Programs send what they are given, such as the title of their page: what is too long is cut, not refused. */
function cut(world: World, text: string | undefined): string {
  const longest = world.limits.get('registration.text');
  return Array.from((text ?? '').slice(0, 2 * longest).toWellFormed())
    .slice(0, longest)
    .join('');
}

function registrationOf(world: World, { actor }: Decider, request: DeviceRequest): Registration {
  const now = world.clock.now();
  return {
    id: world.ids.uuid(),
    personId: actor.personId,
    orgId: actor.orgId,
    tokenId: actor.tokenId,
    name: cut(world, request.name),
    deviceType: cut(world, request.deviceType),
    model: cut(world, request.model),
    localizedModel: cut(world, request.localizedModel),
    systemName: cut(world, request.systemName),
    systemVersion: cut(world, request.systemVersion),
    created: now,
    modified: now,
    expires: endOfLife(world, now, request.ttlSeconds),
  };
}

/**
 * Registers a place where the caller listens; the row of the person makes those at once take turns, so that the
 * limit holds exactly (F3, F7).
 * @throws ApiError 403 `registration.too_many` at `registration.per_person` live ones, 401 when the account has
 *   just ended
 */
export async function registerDevice(
  world: World,
  decider: Decider,
  request: DeviceRequest,
): Promise<Registration> {
  const { personId } = decider.actor;
  authorize(decider, create, { personId });
  const limit = world.limits.get('registration.per_person');
  return world.store.tx(async (tx) => {
    const person = await lockPerson(tx.db, personId);
    if (!person?.login_enabled) throw new ApiError(generalErrors['auth.token_required']);
    const registration = registrationOf(world, decider, request);
    if ((await countLive(tx.db, personId, registration.created)) >= limit)
      throw new ApiError(registrationErrors['registration.too_many']);
    await insertRegistration(tx.db, registration);
    emitRegistration(tx, 'created', registration, causeOf(decider));
    expireAt(tx, registration);
    return registration;
  });
}

/** A live registration of anybody, for sockets; undefined when it is gone. */
export function findRegistration(world: World, id: string): Promise<Registration | undefined> {
  return findLive(world.store.db, id, world.clock.now());
}

async function accessOwn(
  world: World,
  decider: Decider,
  id: Uuid | undefined,
  action: typeof read,
): Promise<Registration> {
  const found = id === undefined ? undefined : await findRegistration(world, id);
  authorize(decider, action, { personId: found?.personId });
  return found!;
}

/**
 * Shows a registration of the caller.
 * @param id undefined where what was asked for is no UUID
 * @throws ApiError 404 `registration.not_found`, also for those of others
 */
export function showDevice(world: World, decider: Decider, id: Uuid | undefined): Promise<Registration> {
  return accessOwn(world, decider, id, read);
}

/** Live registrations of the caller, oldest first. */
export async function listDevices(world: World, decider: Decider): Promise<Registration[]> {
  const { personId } = decider.actor;
  authorize(decider, read, { personId });
  return listLive(world.store.db, personId, world.clock.now());
}

/**
 * Begins the life of a registration anew; the caller's token is its token from now on.
 * @throws ApiError 404 `registration.not_found`, also when it has just expired
 */
export async function refreshDevice(
  world: World,
  decider: Decider,
  id: Uuid | undefined,
  { ttlSeconds }: Pick<DeviceRequest, 'ttlSeconds'>,
): Promise<Registration> {
  const before = await accessOwn(world, decider, id, refresh);
  return world.store.tx(async (tx) => {
    const now = world.clock.now();
    const expires = endOfLife(world, now, ttlSeconds);
    const extended = await extendLive(tx.db, before, { now, expires, tokenId: decider.actor.tokenId });
    if (!extended) throw new ApiError(registrationErrors['registration.not_found']);
    // The job of a later end finds it gone; that of an earlier one finds it alive and waits on.
    if (expires < before.expires) expireAt(tx, extended);
    emitRegistration(tx, 'updated', extended, causeOf(decider));
    return extended;
  });
}

/** Ends a registration of the caller: its slot is free at once (F5). @throws ApiError 404 `registration.not_found` */
export async function removeDevice(world: World, decider: Decider, id: Uuid | undefined): Promise<void> {
  const { personId } = await accessOwn(world, decider, id, remove);
  const gone = await world.store.tx((tx) => endRegistrations(tx, personId, causeOf(decider), id));
  if (gone === 0) throw new ApiError(registrationErrors['registration.not_found']);
}

/** Ends all registrations of the caller. */
export async function removeAllDevices(world: World, decider: Decider): Promise<void> {
  const { personId } = decider.actor;
  authorize(decider, remove, { personId });
  await world.store.tx((tx) => endRegistrations(tx, personId, causeOf(decider)));
}

/** Ends registrations of a person, one or all. @returns how many there were */
export async function endRegistrations(
  tx: Tx,
  personId: string,
  cause: RegistrationCause,
  id?: string,
): Promise<number> {
  const gone = await deleteOf(tx.db, personId, id);
  for (const registration of gone) emitRegistration(tx, 'deleted', registration, cause);
  return gone.length;
}
