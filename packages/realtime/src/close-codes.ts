/**
 * Why a socket is closed. SDKs refresh their credentials on 4401, give up on 4400 and 4403, do not come back after
 * 4000, and connect again after 1001, 1005, 1006 and 1011 (as observed in the official SDK); the rest is ours.
 */
export const closeCodes = {
  goingAway: 1001,
  replaced: 4000,
  malformed: 4400,
  unauthorized: 4401,
  tooSlow: 1011,
  flooded: 4429,
} as const;

/** Longest reason of a close frame, in bytes (RFC 6455, 5.5). */
export const REASON_BYTES = 123;
