import { resource } from '../../resource.ts';
import { endAccess } from './end-access.ts';
import {
  changeUser,
  createUser,
  deleteUser,
  getOverview,
  getUser,
  inviteUserAgain,
  inviteUsers,
  listUsers,
} from './people-administration.contract.ts';
import { administrationErrors } from './people-administration.errors.ts';
import { mountPeopleAdministration } from './people-administration.routes.ts';

/** What administrators do about people on the pages of the hub. */
export const peopleAdministration = resource({
  name: 'hub-users',
  area: 'people',
  operations: [
    getOverview,
    listUsers,
    getUser,
    createUser,
    inviteUsers,
    changeUser,
    deleteUser,
    inviteUserAgain,
  ],
  errors: administrationErrors,
  routes: mountPeopleAdministration,
  personDeleted: endAccess,
  personDeactivated: endAccess,
});
