import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { Action, Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  type AccessedRoom,
  accessRoom,
  moderatorWhenLocked,
  notArchived,
  notReadOnly,
  type RoomAccessFacts,
  type RoomFacts,
  roomAction,
} from '../room-access/index.ts';
import { roomTabErrors } from './room-tabs.errors.ts';
import type { RoomTabView } from './room-tabs.present.ts';
import { findRoomTab, insertRoomTab, listTabsOf, patchRoomTab } from './room-tabs.store.ts';
import type { RoomTabTable } from './room-tabs.table.ts';

const writing = { policies: [notArchived, notReadOnly, moderatorWhenLocked] };
const listTabs = roomAction('room-tabs.list');
const addTab = roomAction('room-tabs.create', writing);

/** Actions on one tab: a stranger to its room learns nothing of it. */
function tabAction(name: string, options = {}): Action<RoomAccessFacts> {
  return { ...roomAction(`room-tabs.${name}`, options), unrelated: roomTabErrors['room_tab.not_found'] };
}

const readTab = tabAction('read');
const changeTab = tabAction('update', writing);
const removeTab = tabAction('delete', writing);

/** What a request says of a tab. */
export type RoomTabRequest = {
  roomId?: Uuid | undefined;
  contentUrl?: string | undefined;
  displayName?: string | undefined;
};

function notFound(): ApiError {
  return new ApiError(roomTabErrors['room_tab.not_found']);
}

/** Only the form is judged: the server never fetches the page. */
function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username !== '' || url.password !== '')
    throw new ApiError(roomTabErrors['room_tab.url_invalid']);
  return text.trim();
}

function checkName(text: string): string {
  const name = text.trim();
  if (name === '') throw new ApiError(roomTabErrors['room_tab.name_empty']);
  return name;
}

function emitTab(
  tx: Tx,
  event: 'created' | 'updated' | 'deleted',
  tab: RoomTabTable,
  room: RoomFacts,
  { actor, trace }: Decider,
): void {
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
  const data = {
    id: tab.id,
    roomId: room.id,
    roomType: room.type,
    creatorId: tab.creator_id,
    created: tab.created.toISOString(),
  };
  tx.emit({ ...cause, orgId: room.orgId, roomId: room.id, resource: 'tabs', event, dataId: tab.id, data });
}

/** Tabs of a room that the caller is in. @throws ApiError `room_tab.room_required`, `room.not_found` */
export async function listRoomTabs(
  world: World,
  decider: Decider,
  roomId: Uuid | undefined,
): Promise<RoomTabView[]> {
  if (roomId === undefined) throw new ApiError(roomTabErrors['room_tab.room_required']);
  const { room } = await accessRoom(world, decider, roomId, listTabs);
  const tabs = await listTabsOf(world.store.db, roomId);
  return tabs.map((tab) => ({ tab, roomType: room.type }));
}

/**
 * Adds a tab to a room; in a locked room moderators may.
 * @throws ApiError 400 `room_tab.*`, `room.not_found`, `room.not_moderator`, `room.archived`, `room.read_only`
 */
export async function createRoomTab(
  world: World,
  decider: Decider,
  request: RoomTabRequest,
): Promise<RoomTabView> {
  if (request.roomId === undefined) throw new ApiError(roomTabErrors['room_tab.room_null']);
  const { room } = await accessRoom(world, decider, request.roomId, addTab);
  const tab: RoomTabTable = {
    room_id: room.id,
    id: world.ids.uuid(),
    creator_id: decider.actor.personId,
    content_url: checkUrl(request.contentUrl ?? ''),
    display_name: checkName(request.displayName ?? ''),
    created: world.clock.now(),
    deleted_at: null,
  };
  const limit = world.limits.get('room.tabs');
  await world.store.tx(async (tx) => {
    if (!(await insertRoomTab(tx.db, tab, limit)))
      throw new ApiError(roomTabErrors['room_tab.too_many'], { parameters: { limit: String(limit) } });
    emitTab(tx, 'created', tab, room, decider);
  });
  return { tab, roomType: room.type };
}

/** A tab is found by its room: who is not in that, finds none. */
async function accessTab(
  world: World,
  decider: Decider,
  tabId: Uuid,
  action: Action<RoomAccessFacts>,
): Promise<AccessedRoom & { tab: RoomTabTable }> {
  const tab = await findRoomTab(world.store.db, tabId);
  if (!tab) {
    const detail = `${action.name}: there is no such tab`;
    decider.trace.steps.push({ check: 'relation', passed: false, detail });
    throw notFound();
  }
  return { ...(await accessRoom(world, decider, tab.room_id as Uuid, action)), tab };
}

/** A tab of a room that the caller is in. @throws ApiError `room_tab.not_found` */
export async function showRoomTab(world: World, decider: Decider, tabId: Uuid): Promise<RoomTabView> {
  const { tab, room } = await accessTab(world, decider, tabId, readTab);
  return { tab, roomType: room.type };
}

/**
 * Changes URL or name of a tab; what changes nothing emits nothing.
 * @throws ApiError `room_tab.not_found`, 400 `room_tab.*`, 403 as for a new one
 */
export async function updateRoomTab(
  world: World,
  decider: Decider,
  tabId: Uuid,
  request: RoomTabRequest,
): Promise<RoomTabView> {
  const { tab, room } = await accessTab(world, decider, tabId, changeTab);
  const { roomId, contentUrl, displayName } = request;
  if (contentUrl === undefined && displayName === undefined)
    throw new ApiError(roomTabErrors['room_tab.nothing_to_change']);
  if (roomId !== undefined && roomId !== room.id) throw new ApiError(roomTabErrors['room_tab.room_fixed']);
  const patch = {
    content_url: contentUrl === undefined ? tab.content_url : checkUrl(contentUrl),
    display_name: displayName === undefined ? tab.display_name : checkName(displayName),
  };
  const isSame = patch.content_url === tab.content_url && patch.display_name === tab.display_name;
  if (isSame) return { tab, roomType: room.type };
  const changed = await world.store.tx(async (tx) => {
    const row = await patchRoomTab(tx.db, tab, patch);
    if (!row) throw notFound();
    emitTab(tx, 'updated', row, room, decider);
    return row;
  });
  return { tab: changed, roomType: room.type };
}

/** Deletes a tab. @throws ApiError `room_tab.not_found`, 403 as for a new one */
export async function deleteRoomTab(world: World, decider: Decider, tabId: Uuid): Promise<void> {
  const { tab, room } = await accessTab(world, decider, tabId, removeTab);
  await world.store.tx(async (tx) => {
    const row = await patchRoomTab(tx.db, tab, { deleted_at: world.clock.now() });
    if (!row) throw notFound();
    emitTab(tx, 'deleted', row, room, decider);
  });
}
