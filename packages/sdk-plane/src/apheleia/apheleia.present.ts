import type { Composition, Presence } from '@moothall/platform';
import type { z } from 'zod';
import type { composition } from './apheleia.contract.ts';

type WireComposition = z.input<typeof composition>;

/** What is told of a presence: nothing but that it is unknown, where there is none to be seen. */
export function presencePart(
  presence: Presence | undefined,
  nowMs: number,
): Omit<WireComposition, 'url' | 'subject'> {
  if (!presence) return { status: 'unknown' };
  const { status, label, since, lastActivity, until } = presence;
  return {
    status,
    statusTime: since,
    ...(label !== undefined && { label }),
    ...(lastActivity !== undefined && { lastActive: lastActivity }),
    ...(until !== undefined && {
      expires: until,
      expiresTTL: Math.max(0, Math.ceil((Date.parse(until) - nowMs) / 1000)),
    }),
  };
}

/** A composition in wire form, under the base by which the caller came. */
export function presentComposition(
  baseUrl: string,
  { subject, presence }: Composition,
  nowMs: number,
): WireComposition {
  const url = `${baseUrl}/apheleia/api/v1/compositions?userId=${encodeURIComponent(subject)}`;
  return { url, subject, ...presencePart(presence, nowMs) };
}
