import type { Mount } from '@moothall/http';
import type { Resource } from '@moothall/platform';
import { getMediaClusters, queryMediaClusters } from './meeting-start.contract.ts';

function mountMeetingStart(mount: Mount): void {
  for (const listed of [getMediaClusters, queryMediaClusters])
    mount(listed, () => ({ clusters: {}, joinCookie: {} }));
}

/** What the official SDK asks of media servers when it registers for meetings. */
export const meetingStart: Resource = {
  name: 'sdk-meeting-start',
  area: 'sdk',
  operations: [getMediaClusters, queryMediaClusters],
  routes: mountMeetingStart,
};
