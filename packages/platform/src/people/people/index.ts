import { resource } from '../../resource.ts';
import { createPerson, deletePerson, getMe, getPerson, listPeople, updatePerson } from './people.contract.ts';
import { peopleErrors } from './people.errors.ts';
import { mountPeople } from './people.routes.ts';
import { peopleMigrations } from './people.table.ts';

export { changePerson, readPerson } from './access-person.ts';
export { addPeople, addPerson, type NewPerson, type PersonCause } from './add-person.ts';
export {
  applyPersonChange,
  type PersonChange,
  sameMembers,
} from './apply-change.ts';
export { checkedEmail } from './email-address.ts';
export { GUEST_DOMAIN } from './guest-addresses.ts';
export {
  checkedAddress,
  createPerson as createPersonAs,
  deletePerson as deletePersonAs,
  inviteByMail,
  lockTarget as lockPersonToChange,
  refusingKnownAddress,
} from './manage-people.service.ts';
export { peopleErrors } from './people.errors.ts';
export { findPeople, findPerson, lockPerson, updatePersonRow } from './people.store.ts';
export type { PersonProfile, PersonRow, PersonTable, SetPresence } from './people.table.ts';
export {
  findPersonByEmail,
  findPersonFacts,
  knownPersonFacts,
  type PersonFacts,
  readPersonFacts,
} from './person-facts.ts';
export {
  heldPresence,
  type Presence,
  presenceAt,
  presenceOf,
  seenActivityMs,
  touchActivity,
} from './presence.ts';
export { presenceSight, setPresenceSharing, showsPresence } from './presence-sharing.ts';
export { removeAccount } from './remove-account.ts';
export { renamePerson } from './rename-person.ts';
export { type PersonReference, resolvePerson } from './resolve-person.ts';

/** People, bots and guests. */
export const people = resource({
  name: 'people',
  area: 'people',
  operations: [getMe, listPeople, getPerson, createPerson, updatePerson, deletePerson],
  routes: mountPeople,
  errors: peopleErrors,
  migrations: peopleMigrations,
});
