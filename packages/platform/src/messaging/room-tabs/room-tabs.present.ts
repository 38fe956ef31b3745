import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { roomTab } from './room-tabs.contract.ts';
import type { RoomTabTable } from './room-tabs.table.ts';

/** A tab and the kind of room that it is in. */
export type RoomTabView = { tab: RoomTabTable; roomType: 'group' | 'direct' };

/** A room tab in wire form. */
export function presentRoomTab({ tab, roomType }: RoomTabView): z.input<typeof roomTab> {
  return {
    id: encodeWireId('TABS', tab.id),
    roomId: encodeWireId('ROOM', tab.room_id),
    roomType,
    displayName: tab.display_name,
    contentUrl: tab.content_url,
    creatorId: encodeWireId('PEOPLE', tab.creator_id),
    created: tab.created.toISOString(),
  };
}
