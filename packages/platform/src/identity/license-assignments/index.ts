import { JsonReply } from '@moothall/http';
import { resource } from '../../resource.ts';
import { assignLicenses } from './license-assignments.contract.ts';
import { assignmentErrors } from './license-assignments.errors.ts';
import { assign } from './license-assignments.service.ts';

const PARTIAL_CONTENT = 206;

/** Assigning licences to people. */
export const licenseAssignments = resource({
  name: 'license-assignments',
  area: 'identity',
  operations: [assignLicenses],
  errors: assignmentErrors,
  routes(mount, world) {
    mount(assignLicenses, async (request) => {
      const { reply, isPartial } = await assign(world, request, request.body);
      return isPartial ? new JsonReply(reply, {}, PARTIAL_CONTENT) : reply;
    });
  },
});
