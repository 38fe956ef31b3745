import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { TeamTable } from '../team-access/index.ts';
import type { team } from './teams.contract.ts';

/** A team in wire form. */
export function presentTeam(row: TeamTable): z.input<typeof team> {
  return {
    id: encodeWireId('TEAM', row.id),
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    creatorId: encodeWireId('PEOPLE', row.creator_id),
    created: row.created.toISOString(),
  };
}
