import { resource } from '../../resource.ts';
import { countGuests, createGuestToken, loginByJwt } from './guests.contract.ts';
import { guestErrors } from './guests.errors.ts';
import { mountGuests } from './guests.routes.ts';
import { guestMigrations } from './guests.table.ts';

/** Guests: accounts that an app vouches for, by the classic JWT login or by the guest management API. */
export const guests = resource({
  name: 'guests',
  area: 'identity',
  operations: [loginByJwt, createGuestToken, countGuests],
  errors: guestErrors,
  routes: mountGuests,
  migrations: guestMigrations,
});
