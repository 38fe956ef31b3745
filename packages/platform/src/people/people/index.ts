import { resource } from '../../resource.ts';
import { peopleErrors } from './people.errors.ts';
import { peopleMigrations } from './people.table.ts';

export { addPerson, type NewPerson, type PersonCause } from './add-person.ts';
export { peopleErrors } from './people.errors.ts';
export type { PersonProfile, PersonTable } from './people.table.ts';
export { findPersonByEmail, findPersonFacts, forgetPerson, type PersonFacts } from './person-facts.ts';
export { type PersonReference, resolvePerson } from './resolve-person.ts';

/** People, bots and guests. */
export const people = resource({
  name: 'people',
  area: 'people',
  operations: [],
  errors: peopleErrors,
  migrations: peopleMigrations,
});
