import { generalErrors, type Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { type Action, anyone, authorize, type Decider, type Policy } from '../../authorize.ts';
import type { PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { appsAvailable, availabilityIn } from '../availability/index.ts';
import { botPolicyErrors } from './bot-policies.errors.ts';
import { findBotPolicy } from './bot-policies.store.ts';

type Facts = { isGov: boolean; isListed: boolean };

/** Policy: where an organisation lets only listed bots in, the bot is listed. */
const onlyListed: Policy<Facts> = {
  name: 'bots that the organisation lets in',
  appliesTo: ['user', 'admin', 'compliance'],
  refuses: (_actor, { isListed }) => (isListed ? undefined : 'the bot is not listed'),
  error: botPolicyErrors['bot.not_listed'],
};

const addBot: Action<Facts> = {
  name: 'bots.add',
  relations: { user: anyone, admin: anyone, compliance: anyone },
  unrelated: generalErrors['auth.forbidden'],
  policies: [appsAvailable, onlyListed],
};

async function factsIn(world: World, db: Database, orgId: Uuid, botId: Uuid): Promise<Facts> {
  const [availability, policy] = [await availabilityIn(world, orgId, db), await findBotPolicy(db, orgId)];
  return { ...availability, isListed: policy?.mode !== 'listed' || policy.bot_ids.includes(botId) };
}

/**
 * Whether somebody may be brought into a space, where they are a bot; everybody else may.
 * @param db of the transaction that brings them in
 * @param orgIds whose rules hold: of who adds it, and of who owns the space (decided)
 * @throws ApiError 403 `apps.not_in_gov` (F50), `bot.not_listed`
 */
export async function assertBotMayJoin(
  world: World,
  db: Database,
  decider: Decider,
  person: Pick<PersonFacts, 'id' | 'type'>,
  orgIds: readonly Uuid[],
): Promise<void> {
  if (person.type !== 'bot') return;
  for (const orgId of new Set(orgIds)) authorize(decider, addBot, await factsIn(world, db, orgId, person.id));
}
