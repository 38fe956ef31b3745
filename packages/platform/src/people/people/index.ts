import { resource } from '../../resource.ts';
import { peopleMigrations } from './people.table.ts';

export { addPerson, type NewPerson, type PersonCause } from './add-person.ts';
export type { PersonProfile, PersonTable } from './people.table.ts';
export { findPersonByEmail, findPersonFacts, forgetPerson, type PersonFacts } from './person-facts.ts';

/** People, bots and guests. */
export const people = resource({
  name: 'people',
  area: 'people',
  operations: [],
  migrations: peopleMigrations,
});
