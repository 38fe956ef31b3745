import { ApiError, type Uuid } from '@moothall/core';
import { type Action, authorize, type Decider, type Policy } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  isOfOfficersOrg,
  moderatorWhenLocked,
  notArchived,
  type RoomAccessFacts,
  type RoomPatch,
  roomAction,
} from '../room-access/index.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import type { RoomRow } from './rooms.store.ts';

/** What a request asks to change; whatever is absent stays. */
export type RoomUpdate = {
  title?: string | undefined;
  classificationId?: Uuid | undefined;
  teamId?: Uuid | undefined;
  isLocked?: boolean | undefined;
  isPublic?: boolean | undefined;
  /** A blank one removes the description (documented: a single space). */
  description?: string | undefined;
  isAnnouncementOnly?: boolean | undefined;
  isReadOnly?: boolean | undefined;
};

/** What becomes different: only the fields whose value is another than it was. */
export type RoomChange = {
  title?: string;
  classificationId?: Uuid;
  teamId?: Uuid;
  isLocked?: boolean;
  isPublic?: boolean;
  description?: string | null;
  isAnnouncementOnly?: boolean;
  isReadOnly?: boolean;
};

type Values = Required<{ [Field in keyof RoomChange]: RoomChange[Field] | null }>;

function valuesOf(row: RoomRow): Values {
  return {
    title: row.type === 'direct' ? row.viewer_title : row.title,
    classificationId: row.classification_id as Uuid | null,
    teamId: row.team_id as Uuid | null,
    isLocked: row.is_locked,
    isPublic: row.is_public,
    description: row.description,
    isAnnouncementOnly: row.is_announcement_only,
    isReadOnly: row.is_read_only,
  };
}

/**
 * The difference that a request makes: clients send back whole rooms, so that what stays the same asks for no right.
 * @throws ApiError `room.title_empty`
 */
export function changeOf(row: RoomRow, request: RoomUpdate): RoomChange {
  const title = request.title?.trim();
  if (title === '') throw new ApiError(roomWriteErrors['room.title_empty']);
  const description = request.description === undefined ? undefined : request.description.trim() || null;
  const before = valuesOf(row);
  const wanted = Object.entries({ ...request, title, description });
  const differing = wanted.filter(
    ([field, value]) => value !== undefined && value !== before[field as keyof Values],
  );
  return Object.fromEntries(differing) as RoomChange;
}

const DIRECT_FIELDS: ReadonlySet<string> = new Set(['isReadOnly', 'classificationId']);

function refuse(code: keyof typeof roomWriteErrors, field = ''): never {
  throw new ApiError(roomWriteErrors[code], { parameters: { field } });
}

/** Holds a change against what the room is. @throws ApiError 400, naming the field */
export function assertPossible(row: RoomRow, change: RoomChange): void {
  const after = { ...valuesOf(row), ...change };
  const stranger = Object.keys(change).find((field) => !DIRECT_FIELDS.has(field));
  if (row.type === 'direct' && stranger !== undefined) refuse('room.direct_fixed', stranger);
  if (row.type === 'group' && change.isReadOnly !== undefined) refuse('room.read_only_group');
  if (change.isAnnouncementOnly && !after.isLocked) refuse('room.announcement_needs_lock');
  if (after.isPublic && !after.description) refuse('room.description_required');
  if (change.isPublic && after.classificationId !== null) refuse('room.classified');
  if (change.teamId !== undefined && row.team_id !== null) refuse('room.team_fixed');
}

const generalByModerators: Policy<RoomAccessFacts> = {
  name: 'general room by moderators of the team',
  appliesTo: ['user'],
  refuses: (_actor, { room, membership }) =>
    room.teamId === room.id && !membership?.isModerator
      ? "it is a team's general room and the caller is not a moderator"
      : undefined,
  error: roomWriteErrors['room.general_moderator'],
};

/** To change anything of a room at all. */
export const changeAny = roomAction('rooms.update', { compliance: true });

/** To change what only people in the room may: title, lock, team. */
export const changeAsMember: Action<RoomAccessFacts> = {
  ...roomAction('rooms.update-as-member', {
    policies: [notArchived, generalByModerators, moderatorWhenLocked],
  }),
  unrelated: roomWriteErrors['room.members_only'],
};

const changeAsEither = roomAction('rooms.update-as-either', {
  compliance: true,
  policies: [notArchived, moderatorWhenLocked],
});

const makePrivate = roomAction('rooms.make-private', { compliance: true });

const changeAsOfficer: Action<RoomAccessFacts> = {
  name: 'rooms.update-as-officer',
  relations: { compliance: isOfOfficersOrg },
  unrelated: roomWriteErrors['room.officer_only'],
};

/** Which right each change asks for (documented, see the texts of the refusals). */
const RIGHTS: Record<keyof RoomChange, (change: RoomChange) => Action<RoomAccessFacts>> = {
  title: () => changeAsMember,
  isLocked: () => changeAsMember,
  teamId: () => changeAsMember,
  description: () => changeAsEither,
  isAnnouncementOnly: () => changeAsEither,
  classificationId: () => changeAsEither,
  isPublic: (change) => (change.isPublic ? changeAsOfficer : makePrivate),
  isReadOnly: () => changeAsOfficer,
};

/** Asks for every right that a change needs. @throws ApiError 403 */
export function permit(decider: Decider, facts: RoomAccessFacts, change: RoomChange): void {
  // An officer who is in the room keeps an officer's rights: that capacity is tried first.
  const others = decider.capacities.filter((capacity) => capacity !== 'compliance');
  const capacities = decider.capacities.includes('compliance') ? ['compliance' as const, ...others] : others;
  const rights = Object.keys(change).map((field) => RIGHTS[field as keyof RoomChange](change));
  for (const action of new Set(rights)) authorize({ ...decider, capacities }, action, facts);
}

/** The columns that a change sets. Unlocking ends announcement mode, which needs the lock (documented). */
export function patchOf(world: World, change: RoomChange): RoomPatch {
  return {
    ...(change.title !== undefined && { title: change.title }),
    ...(change.classificationId !== undefined && { classification_id: change.classificationId }),
    ...(change.teamId !== undefined && { team_id: change.teamId }),
    ...(change.isLocked !== undefined && { is_locked: change.isLocked }),
    ...(change.isLocked === false && { is_announcement_only: false }),
    ...(change.isAnnouncementOnly !== undefined && { is_announcement_only: change.isAnnouncementOnly }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.isReadOnly !== undefined && { is_read_only: change.isReadOnly }),
    ...(change.isPublic !== undefined && {
      is_public: change.isPublic,
      made_public: change.isPublic ? world.clock.now() : null,
    }),
  };
}
