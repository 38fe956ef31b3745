import { encodeWireId } from '@moothall/core';
import type { Mount } from '@moothall/http';
import type { z } from 'zod';
import { revokeClient } from '../../identity/authorizations/index.ts';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { iconPathOf } from '../apps/index.ts';
import {
  changeDefault,
  changePolicy,
  declineRequest,
  listIntegrations,
  listRequests,
  requestIntegration,
  revokeIntegration,
} from './integration-policies.contract.ts';
import * as service from './integration-policies.service.ts';
import {
  findDefault,
  findRequests,
  findUsedIntegrations,
  type UsedIntegration,
} from './integration-policies.store.ts';
import type { IntegrationDefaultTable, IntegrationPolicyTable } from './integration-policies.table.ts';

type Wire = z.input<NonNullable<typeof listIntegrations.response>>;

function presentDefault(row: IntegrationDefaultTable | undefined): Wire['default'] {
  return { access: row?.access ?? 'allow', version: String(row?.version ?? 0) };
}

function presentPolicy(row: Omit<IntegrationPolicyTable, 'org_id'>): Wire['items'][number]['policy'] {
  const personIds = row.person_ids.map((id) => encodeWireId('PEOPLE', id));
  return { clientId: row.client_id, mode: row.mode, personIds, version: String(row.version) };
}

function presentIntegration(row: UsedIntegration, orgId: string, baseUrl: string): Wire['items'][number] {
  const iconPath = iconPathOf(row);
  const { owner_email: email, owner_name: displayName, owner_active: active } = row;
  return {
    id: row.id,
    clientId: row.client_id,
    applicationId: encodeWireId('APPLICATION', row.client_id),
    name: row.name,
    description: row.description,
    ...(iconPath !== undefined && { iconUrl: baseUrl + iconPath }),
    iconName: row.icon_name,
    own: row.org_id === orgId,
    ...(email !== null && { owner: { email, displayName: displayName ?? email, active } }),
    grants: row.grants,
    people: row.people,
    scopes: row.granted,
    requests: row.requests,
    ...(row.last_used && { lastUsed: row.last_used.toISOString() }),
    policy: presentPolicy({
      client_id: row.client_id,
      mode: row.mode ?? 'default',
      person_ids: row.person_ids ?? [],
      version: row.policy_version ?? 0,
    }),
  };
}

function afterOf(cursor: string | undefined): string | undefined {
  return cursor === undefined ? undefined : decodeKeyset(cursor, { byTime: false }).id;
}

/** Ties the operations of policies about integrations to their handlers. */
export function mountIntegrationPolicies(mount: Mount, world: World): void {
  const { db } = world.store;
  mount(listIntegrations, async ({ actor: { orgId }, query: { q, max, cursor }, baseUrl }) => {
    const filter = { orgId, now: world.clock.now(), q, max, afterId: afterOf(cursor) };
    return pageOf(
      await findUsedIntegrations(db, filter),
      max,
      (row) => presentIntegration(row, orgId, baseUrl),
      (row) => ({ key: '', id: row.id }),
      { default: presentDefault(await findDefault(db, orgId)) },
    );
  });
  mount(changeDefault, async (request) =>
    presentDefault(await service.changeDefault(world, request, request.body)),
  );
  mount(changePolicy, async (request) =>
    presentPolicy(await service.changePolicy(world, request, request.params.clientId, request.body)),
  );
  mount(revokeIntegration, async (request) => {
    const { client_id: clientId } = await service.knownIntegration(world, request.params.clientId);
    await revokeClient(world, request, { clientId });
    return undefined;
  });
  mount(requestIntegration, async (request) => {
    await service.requestIntegration(world, request, request.body.clientId);
    return { requested: true as const };
  });
  mount(listRequests, async ({ actor: { orgId }, query: { max, cursor } }) =>
    pageOf(
      await findRequests(db, { orgId, max, afterId: afterOf(cursor) }),
      max,
      (row) => ({
        id: row.id,
        clientId: row.client_id,
        name: row.app_name,
        person: {
          id: encodeWireId('PEOPLE', row.person_id),
          email: row.email,
          displayName: row.display_name,
        },
        created: row.created.toISOString(),
      }),
      (row) => ({ key: '', id: row.id }),
    ),
  );
  mount(declineRequest, async (request) => {
    await service.declineRequest(world, request, request.params.id);
    return undefined;
  });
}
