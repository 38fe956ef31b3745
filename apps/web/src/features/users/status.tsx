import type { getUser } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Tone } from '../../ui/tones.ts';

/** A person as their page has them. */
export type User = ReplyOf<typeof getUser>;

/** Where accounts stand, in words. */
export const statusWords: Readonly<Record<User['status'], string>> = {
  active: 'Active',
  pending: 'Invited',
  inactive: 'Deactivated',
};

const tones: Readonly<Record<User['status'], Tone>> = {
  active: 'success',
  pending: 'info',
  inactive: 'neutral',
};

/** Where an account stands. */
export function StatusBadge({ status }: { status: User['status'] }) {
  return <Badge tone={tones[status]}>{statusWords[status]}</Badge>;
}
