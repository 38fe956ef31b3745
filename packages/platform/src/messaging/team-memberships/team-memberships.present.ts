import { encodePairId, encodeWireId, type Uuid } from '@moothall/core';
import type { z } from 'zod';
import type { teamMembership } from './team-memberships.contract.ts';
import type { TeamMembershipRow } from './team-memberships.store.ts';

/** A membership of a team in wire form. */
export function presentTeamMembership(row: TeamMembershipRow): z.input<typeof teamMembership> {
  const pair = { first: row.person_id as Uuid, second: row.team_id as Uuid };
  return {
    id: encodePairId('TEAM_MEMBERSHIP', pair),
    teamId: encodeWireId('TEAM', row.team_id),
    personId: encodeWireId('PEOPLE', row.person_id),
    personEmail: row.email,
    personDisplayName: row.display_name,
    personOrgId: encodeWireId('ORGANIZATION', row.person_org_id),
    isModerator: row.is_moderator,
    created: row.created.toISOString(),
  };
}
