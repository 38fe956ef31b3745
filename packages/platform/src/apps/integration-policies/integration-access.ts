import type { Database } from '@moothall/store';
import type { World } from '../../world.ts';
import { availabilityIn } from '../availability/index.ts';
import { findDefault, findPolicy, hasAsked } from './integration-policies.store.ts';

/** Whether somebody may use an integration, and if not, why and whether they have asked to. */
export type IntegrationAccess =
  | { allowed: true }
  | { allowed: false; reason: 'gov' }
  | { allowed: false; reason: 'blocked'; requested: boolean };

type Subject = { orgId: string; personId: string; clientId: string };

async function isBlocked(db: Database, { orgId, personId, clientId }: Subject): Promise<boolean> {
  const policy = await findPolicy(db, orgId, clientId);
  if (policy && policy.mode !== 'default')
    return policy.mode === 'blocked' || (policy.mode === 'selected' && !policy.person_ids.includes(personId));
  return (await findDefault(db, orgId))?.access === 'block';
}

/**
 * Whether an organisation lets one of its people use an integration: what it said of the integration, else
 * its default, which allows unless said. In the gov profile there is none (F50).
 */
export async function integrationAccessOf(
  world: World,
  db: Database,
  subject: Subject,
): Promise<IntegrationAccess> {
  if ((await availabilityIn(world, subject.orgId as never)).isGov) return { allowed: false, reason: 'gov' };
  if (!(await isBlocked(db, subject))) return { allowed: true };
  return { allowed: false, reason: 'blocked', requested: await hasAsked(db, subject) };
}
