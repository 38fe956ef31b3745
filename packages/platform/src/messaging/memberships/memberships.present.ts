import { encodePairId, encodeWireId, type Uuid } from '@moothall/core';
import type { z } from 'zod';
import type { MembershipData } from '../room-access/index.ts';
import type { membership } from './memberships.contract.ts';

/** A membership in wire form, for replies and webhooks alike: nothing of it is sensitive (documented). */
export function presentMembership(data: MembershipData): z.input<typeof membership> {
  return {
    id: encodePairId('MEMBERSHIP', { first: data.personId as Uuid, second: data.roomId as Uuid }),
    roomId: encodeWireId('ROOM', data.roomId),
    roomType: data.roomType,
    personId: encodeWireId('PEOPLE', data.personId),
    personEmail: data.personEmail,
    personDisplayName: data.personDisplayName,
    personOrgId: encodeWireId('ORGANIZATION', data.personOrgId),
    isModerator: data.isModerator,
    isMonitor: false,
    ...(data.roomType === 'direct' && { isRoomHidden: data.isRoomHidden }),
    created: data.created,
  };
}
