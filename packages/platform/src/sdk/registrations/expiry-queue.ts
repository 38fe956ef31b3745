/** Queue of the jobs that end registrations: one for each, at the time when it expires. */
export const EXPIRY_QUEUE = 'registrations.expiry';
