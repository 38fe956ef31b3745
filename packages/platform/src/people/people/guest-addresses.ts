/** Domain of guests' addresses, which nobody else has (documented: guest management). */
export const GUEST_DOMAIN = 'appid.ciscospark.com';
