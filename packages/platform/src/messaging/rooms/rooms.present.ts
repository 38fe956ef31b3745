import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { room } from './rooms.contract.ts';
import type { RoomRow } from './rooms.store.ts';

/** A room in wire form, titled for its viewer. */
export function presentRoom(row: RoomRow): z.input<typeof room> {
  return {
    id: encodeWireId('ROOM', row.id),
    title: row.type === 'direct' ? (row.viewer_title ?? 'Empty Title') : row.title,
    type: row.type,
    isLocked: row.is_locked,
    isPublic: row.is_public,
    isAnnouncementOnly: row.is_announcement_only,
    isReadOnly: row.is_read_only,
    lastActivity: row.last_activity.toISOString(),
    creatorId: encodeWireId('PEOPLE', row.creator_id),
    created: row.created.toISOString(),
    ownerId: encodeWireId('ORGANIZATION', row.org_id),
    ...(row.team_id && { teamId: encodeWireId('TEAM', row.team_id) }),
    ...(row.description && { description: row.description }),
    ...(row.made_public && { madePublic: row.made_public.toISOString() }),
    ...(row.classification_id && { classificationId: encodeWireId('CLASSIFICATION', row.classification_id) }),
  };
}

/** The event form of a room as webhooks show it: without title and description. */
export function presentRoomData(data: Record<string, unknown>): Record<string, unknown> {
  const { id, type, isLocked, isPublic, isAnnouncementOnly, isReadOnly, lastActivity, created } = data;
  return {
    id: encodeWireId('ROOM', id as string),
    ...{ type, isLocked, isPublic, isAnnouncementOnly, isReadOnly },
    ...(data.teamId !== undefined && { teamId: encodeWireId('TEAM', data.teamId as string) }),
    ...(data.orgId !== undefined && { ownerId: encodeWireId('ORGANIZATION', data.orgId as string) }),
    creatorId: encodeWireId('PEOPLE', data.creatorId as string),
    ...{ lastActivity, created },
  };
}
