import type { Actor, Capacity } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import { type Action, authorize, type Decider, type Policy, type Refusal } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { teamErrors } from './team-access.errors.ts';
import {
  findTeamFacts,
  findTeamMembershipFacts,
  hasTeamMemberOfOrg,
  type TeamFacts,
  type TeamMembershipFacts,
} from './team-facts.ts';

/** What a decision about a team turns on. */
export type TeamAccessFacts = {
  team: TeamFacts;
  /** The caller's own membership; absent for who is not in the team. */
  membership: TeamMembershipFacts | undefined;
  /** Whether somebody of the caller's organisation is in the team; known in the compliance capacity only. */
  hasOrgMember: boolean;
};

/** A team that the caller may act on, and in which capacity. */
export type AccessedTeam = TeamAccessFacts & { capacity: Capacity };

/** Relation: the caller is in the team, and it is not deleted. */
function isTeamMember(_actor: Actor, { team, membership }: TeamAccessFacts): Refusal {
  if (team.deleted) return 'the team is deleted';
  return membership ? undefined : 'the caller is not a member of the team';
}

/**
 * Relation: the team belongs to the officer's organisation, or people of it are in it. A deleted team
 * stays open to officers, since its archived rooms do and lead to it (decided).
 */
function isTeamOfOfficersOrg(actor: Actor, { team, hasOrgMember }: TeamAccessFacts): Refusal {
  if (team.orgId === actor.orgId || hasOrgMember) return undefined;
  return "neither the team nor a member of it belongs to the officer's organisation";
}

/** Policy: only moderators of the team may. */
export const teamModerator: Policy<TeamAccessFacts> = {
  name: 'moderator of the team',
  appliesTo: ['user'],
  refuses: (_actor, { membership }) =>
    membership?.isModerator ? undefined : 'the caller is not a moderator of the team',
  error: teamErrors['team.not_moderator'],
};

/** Declares an action on teams: members may, and compliance officers where `compliance` is set. */
export function teamAction(
  name: string,
  options: { compliance?: boolean; policies?: readonly Policy<TeamAccessFacts>[] } = {},
): Action<TeamAccessFacts> {
  return {
    name,
    relations: { user: isTeamMember, ...(options.compliance && { compliance: isTeamOfOfficersOrg }) },
    unrelated: teamErrors['team.not_found'],
    ...(options.policies && { policies: options.policies }),
  };
}

/**
 * Loads a team for somebody who wants to do `action` with it: the only way to get one.
 * @throws ApiError `team.not_found` when there is none or the caller may not know of it, or a policy's error
 */
export async function accessTeam(
  world: World,
  decider: Decider,
  teamId: Uuid,
  action: Action<TeamAccessFacts>,
): Promise<AccessedTeam> {
  const team = await findTeamFacts(world, teamId);
  if (!team) {
    const detail = `${action.name}: there is no such team`;
    decider.trace.steps.push({ check: 'relation', passed: false, detail });
    throw new ApiError(action.unrelated);
  }
  const membership = await findTeamMembershipFacts(world, teamId, decider.actor.personId);
  const asOfficer = decider.capacities.includes('compliance');
  const hasOrgMember = asOfficer && (await hasTeamMemberOfOrg(world, teamId, decider.actor.orgId));
  const facts = { team, membership, hasOrgMember };
  return { capacity: authorize(decider, action, facts), ...facts };
}
