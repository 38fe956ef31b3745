import { ApiError, type Uuid } from '@moothall/core';
import { authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { findPerson, type PersonRow, peopleErrors, readPerson } from '../people/index.ts';

/** A person of the administrator's organisation. @throws ApiError `person.not_found` */
export async function accessUser(world: World, decider: Decider, id: Uuid): Promise<PersonRow> {
  const target = await findPerson(world.store.db, id);
  if (target?.type !== 'person') throw new ApiError(peopleErrors['person.not_found']);
  authorize(decider, readPerson, { target });
  return target;
}
