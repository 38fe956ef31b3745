import type { Resource } from '@moothall/platform';
import { apheleia } from './apheleia/index.ts';
import { catalog } from './catalog/index.ts';
import { conversations } from './conversations/index.ts';
import { devices } from './devices/index.ts';
import { kms } from './kms/index.ts';
import { meetingStart } from './meeting-start/index.ts';
import { projections } from './projections.ts';
import { region } from './region/index.ts';
import { sinks } from './sinks/index.ts';

/** The internal services of the official SDK: one line each, in the order in which a client meets them. */
export const sdkPlane: readonly Resource[] = [
  catalog,
  region,
  devices,
  kms,
  conversations,
  apheleia,
  meetingStart,
  sinks,
];

export { projections };
