import type { RoleName } from '@moothall/contract';
import { decodeWireUuid, encodeWireId, type Uuid } from '@moothall/core';
import { nameUuid } from '../../name-uuid.ts';

/** Names of roles on the wire; clients look `Full Administrator` up by its name (as observed). */
const NAMES: Readonly<Record<RoleName, string>> = {
  full_admin: 'Full Administrator',
  readonly_admin: 'Read-only Administrator',
  user_admin: 'User Administrator',
  device_admin: 'Device Administrator',
  compliance_officer: 'Compliance Officer',
  site_admin: 'Site Administrator',
  support_admin: 'Support Administrator',
};

const NAMESPACE = '5b1cf6c4-6c26-5d0f-9c0a-0e5d0c5a6d11' as Uuid;

/** A role on the wire. */
export type WireRole = { id: string; name: string };

const roles = (Object.keys(NAMES) as RoleName[]).map((key) => {
  const uuid = nameUuid(NAMESPACE, key);
  return { key, uuid, wire: { id: encodeWireId('ROLE', uuid), name: NAMES[key] } };
});
const byUuid = new Map(roles.map((role) => [role.uuid, role]));
const byKey = new Map(roles.map((role) => [role.key, role]));

/** All roles in wire form; their ids are the same in every world. */
export const wireRoles: readonly WireRole[] = roles.map((role) => role.wire);

/** The role of an id; undefined for no role's. */
export function findWireRole(uuid: Uuid): WireRole | undefined {
  return byUuid.get(uuid)?.wire;
}

/** The wire id of a role. */
export function roleWireId(key: RoleName): string {
  return byKey.get(key)!.wire.id;
}

/** The role that a wire id or bare UUID names; undefined for another text. */
export function roleOfWireId(text: string): RoleName | undefined {
  const uuid = decodeWireUuid(['ROLE'], text);
  return uuid && byUuid.get(uuid)?.key;
}

/** All roles by their keys, with the names that they have on the wire. */
export const roleNames: readonly { key: RoleName; id: string; name: string }[] = roles.map(
  ({ key, wire }) => ({
    key,
    ...wire,
  }),
);
