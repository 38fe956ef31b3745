import type { Actor } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import type { RequestContext } from '@moothall/http';
import type { Database } from '@moothall/store';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import { appErrors } from './apps.errors.ts';
import { type AppRow, findApp, lockApp, type ShownApp } from './apps.store.ts';

/** Who asks, as a handler's request has it; audits need where from. */
export type Caller = Pick<RequestContext, 'actor' | 'capacities' | 'trace' | 'headers' | 'remoteAddress'>;

type Facts = { app: AppRow };

const isOwner = (actor: Actor, { app }: Facts) =>
  app.owner_id === actor.personId ? undefined : 'the caller does not own the app';

const isOfOrganization = (actor: Actor, { app }: Facts) =>
  app.org_id === actor.orgId ? undefined : "the app does not belong to the administrator's organisation";

function appAction(name: string, byAdmins: boolean): Action<Facts> {
  return {
    name,
    relations: { user: isOwner, ...(byAdmins && { admin: isOfOrganization }) },
    unrelated: appErrors['app.not_found'],
  };
}

/** To look at an app; full administrators see those of their organisation. */
export const readAppAction = appAction('apps.read', true);
/** To change what an app is: its owner's alone. */
export const changeAppAction = appAction('apps.change', false);
/** To delete an app. */
export const deleteAppAction = appAction('apps.delete', true);
/** To make the secret or token of an app anew; an administrator can where its owner is gone (F63). */
export const regenerateAction = appAction('apps.regenerate', true);
/** To give an app to another owner: a full administrator's of its organisation alone (F64, F65). */
export const transferAppAction: Action<Facts> = {
  name: 'apps.transfer',
  relations: { admin: isOfOrganization },
  unrelated: appErrors['app.not_found'],
};

/** An app that the caller may do `action` with. @throws ApiError `app.not_found` */
export async function accessApp(
  db: Database,
  decider: Decider,
  id: Uuid,
  action: Action<Facts>,
): Promise<ShownApp> {
  const app = await findApp(db, id);
  if (!app) throw new ApiError(action.unrelated);
  authorize(decider, action, { app });
  return app;
}

/** The same, locked until the transaction ends. @throws ApiError `app.not_found` */
export async function accessLockedApp(
  db: Database,
  decider: Decider,
  id: Uuid,
  action: Action<Facts>,
): Promise<AppRow> {
  const app = await lockApp(db, id);
  if (!app) throw new ApiError(action.unrelated);
  authorize(decider, action, { app });
  return app;
}
