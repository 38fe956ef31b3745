/** Queue of the jobs that look whether what somebody said of their presence is over. */
export const EXPIRY_QUEUE = 'presence.expiry';
