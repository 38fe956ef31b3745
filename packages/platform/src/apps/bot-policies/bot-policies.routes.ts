import { ApiError, encodeWireId, type Uuid } from '@moothall/core';
import type { Mount, RequestContext } from '@moothall/http';
import type { z } from 'zod';
import { recordAudit } from '../../operations/audit/index.ts';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { iconPathOf } from '../apps/index.ts';
import { changeBotPolicy, listBots } from './bot-policies.contract.ts';
import { botPolicyErrors } from './bot-policies.errors.ts';
import {
  findBotPolicy,
  findBots,
  findBotsSeenBy,
  type SeenBot,
  storeBotPolicy,
} from './bot-policies.store.ts';
import type { BotPolicyTable } from './bot-policies.table.ts';

type WirePolicy = z.input<NonNullable<typeof changeBotPolicy.response>>;
type WireBot = z.input<NonNullable<typeof listBots.response>>['items'][number];

function presentPolicy(policy: BotPolicyTable | undefined): WirePolicy {
  const botIds = (policy?.bot_ids ?? []).map((id) => encodeWireId('PEOPLE', id));
  return { mode: policy?.mode ?? 'all', botIds, version: String(policy?.version ?? 0) };
}

function presentBot(
  row: SeenBot,
  orgId: string,
  baseUrl: string,
  policy: BotPolicyTable | undefined,
): WireBot {
  const iconPath = iconPathOf(row);
  const { owner_email: email, owner_name: displayName, owner_active: active } = row;
  return {
    id: row.id,
    personId: encodeWireId('PEOPLE', row.person_id),
    name: row.name,
    email: row.bot_email ?? '',
    ...(iconPath !== undefined && { iconUrl: baseUrl + iconPath }),
    iconName: row.icon_name,
    clientId: row.client_id,
    own: row.org_id === orgId,
    ...(email !== null && { owner: { email, displayName: displayName ?? email, active } }),
    rooms: row.rooms,
    ...(row.last_activity && { lastActivity: row.last_activity.toISOString() }),
    allowed: policy?.mode !== 'listed' || policy.bot_ids.includes(row.person_id),
  };
}

type Change = z.output<NonNullable<typeof changeBotPolicy.body>>;

/** @throws ApiError `bot.unknown`, `bot.policy_changed_meanwhile` */
async function changePolicy(world: World, request: RequestContext, change: Change): Promise<BotPolicyTable> {
  const { actor, trace } = request;
  const { mode, botIds, version } = change;
  return world.store.tx(async (tx) => {
    const bots = await findBots(tx.db, botIds);
    const unknown = botIds.find((id) => !bots.has(id));
    if (unknown)
      throw new ApiError(botPolicyErrors['bot.unknown'], {
        parameters: { id: encodeWireId('PEOPLE', unknown) },
      });
    const policy = { org_id: actor.orgId, mode, bot_ids: [...bots], version: Number(version) + 1 };
    if (!(await storeBotPolicy(tx.db, policy, Number(version))))
      throw new ApiError(botPolicyErrors['bot.policy_changed_meanwhile']);
    const orgId: Uuid = actor.orgId;
    const cause = { actorId: actor.personId, traceId: trace.trackingId };
    const data = { mode, botIds: policy.bot_ids };
    tx.emit({ ...cause, orgId, resource: 'botPolicies', event: 'updated', dataId: orgId, data });
    recordAudit(tx, request, {
      orgId,
      category: 'BOT_POLICY_CHANGED',
      target: { type: 'organization', id: orgId, name: 'Bots' },
      actionText:
        mode === 'all'
          ? `${actor.displayName} let every bot into spaces`
          : `${actor.displayName} let only ${bots.size} listed bots into spaces`,
    });
    return policy;
  });
}

/** Ties the operations of policies about bots to their handlers. */
export function mountBotPolicies(mount: Mount, world: World): void {
  mount(listBots, async ({ actor: { orgId }, query: { max, cursor }, baseUrl }) => {
    const afterId = cursor === undefined ? undefined : decodeKeyset(cursor, { byTime: false }).id;
    const policy = await findBotPolicy(world.store.db, orgId);
    const filter = { orgId, listed: policy?.bot_ids ?? [], max, afterId };
    return pageOf(
      await findBotsSeenBy(world.store.db, filter),
      max,
      (row) => presentBot(row, orgId, baseUrl, policy),
      (row) => ({ key: '', id: row.id }),
      { policy: presentPolicy(policy) },
    );
  });
  mount(changeBotPolicy, async (request) => presentPolicy(await changePolicy(world, request, request.body)));
}
