import type { Projection } from '@moothall/realtime';
import { activityFrames } from './activities/activities.projection.ts';
import { presenceFrames } from './apheleia/index.ts';
import { kmsReplyFrames } from './kms/index.ts';

/** What sockets of the official SDK hear of the event log. */
export const projections: readonly Projection[] = [activityFrames, presenceFrames, kmsReplyFrames];
