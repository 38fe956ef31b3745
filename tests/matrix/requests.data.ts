import type { Entries } from './entry.ts';
import { appRequests } from './requests/apps.data.ts';
import { identityRequests } from './requests/identity.data.ts';
import { messagingRequests } from './requests/messaging.data.ts';
import { peopleRequests } from './requests/people.data.ts';
import { sdkRequests } from './requests/sdk.data.ts';

/** How each operation of the registry is asked; a new operation is entered in the table of its area. */
export const requests: Entries = {
  ...identityRequests,
  ...peopleRequests,
  ...messagingRequests,
  ...appRequests,
  ...sdkRequests,
};
