import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { queueMail } from '../../operations/mail/index.ts';
import { type PersonFacts, readPersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import {
  type AppRow,
  accessLockedApp,
  type Caller,
  causeOfCaller,
  findApp,
  kindWords,
  renewBotToken,
  renewSecret,
  reportApp,
  type ShownApp,
  transferAppAction,
  updateApp,
} from '../apps/index.ts';
import { transferErrors } from './app-transfer.errors.ts';

type Secret = Awaited<ReturnType<typeof renewSecret>>;

/** Who may own an app: an active person of its organisation (F65). @throws ApiError `transfer.target_refused` */
async function newOwnerOf(tx: Tx, app: AppRow, personId: Uuid): Promise<PersonFacts> {
  const person = await readPersonFacts(tx.db, personId);
  const isActive = person && !person.deleted && person.loginEnabled && person.type === 'person';
  if (!isActive || person.orgId !== app.org_id) throw new ApiError(transferErrors['transfer.target_refused']);
  if (app.owner_id === personId) throw new ApiError(transferErrors['transfer.same_owner']);
  return person;
}

/** Tells the new owner, and the old one where somebody still reads their mail. */
async function tellOwners(
  world: World,
  tx: Tx,
  caller: Caller,
  app: AppRow,
  owners: { before: PersonFacts | undefined; after: PersonFacts },
): Promise<void> {
  const { before, after } = owners;
  const data = { appId: app.id, appName: app.name, appType: app.kind, newOwner: after.displayName };
  const base = { ...causeOfCaller(caller), orgId: app.org_id as Uuid, data };
  await queueMail(world, tx, { ...base, kind: 'app_received', toEmail: after.email });
  if (before && !before.deleted)
    await queueMail(world, tx, { ...base, kind: 'app_given_away', toEmail: before.email });
}

/**
 * Gives an app to another active person of its organisation (F64); its token or secret stays as it is.
 * @param rotate make the token or secret anew
 * @returns the app, and the new token or secret: the only time it is known
 * @throws ApiError `app.not_found`, `app.no_secret`, `transfer.target_refused`, `transfer.same_owner`
 */
export function transferApp(
  world: World,
  caller: Caller,
  id: Uuid,
  { toPersonId, rotate }: { toPersonId: Uuid; rotate: boolean },
): Promise<{ app: ShownApp; secret: Secret | undefined }> {
  return world.store.tx(async (tx) => {
    const app = await accessLockedApp(tx.db, caller, id, transferAppAction);
    const after = await newOwnerOf(tx, app, toPersonId);
    const before = app.owner_id === null ? undefined : await readPersonFacts(tx.db, app.owner_id as Uuid);
    // The key of the request that made it was the old owner's.
    const change = { owner_id: toPersonId, request_key: null, last_modified: world.clock.now() };
    const row = await updateApp(tx.db, id, change);
    const renew = app.kind === 'bot' ? renewBotToken : renewSecret;
    const secret = rotate ? await renew(world, tx, caller, row) : undefined;
    const from = before?.displayName ?? 'nobody';
    const what = `gave the ${kindWords[app.kind]} ${app.name} from ${from} to ${after.displayName}`;
    reportApp(tx, caller, row, { event: 'updated', category: 'APP_TRANSFERRED', what });
    await tellOwners(world, tx, caller, app, { before, after });
    return { app: (await findApp(tx.db, id))!, secret };
  });
}
