import { defineErrors } from '@moothall/core';

/** Refusals of the lab plane. */
export const labErrors = defineErrors({
  'lab.clock_backwards': {
    status: 409,
    message: 'The clock moves forward only: load a snapshot to go back to an earlier time.',
    source: 'decided',
  },
  'lab.duration_invalid': {
    status: 400,
    message: "by: '{by}' is no duration; write it such as 14d, 90s or 1h30m.",
    source: 'decided',
  },
  'lab.trace_not_found': {
    status: 404,
    message:
      'No request with this tracking id is remembered; the last {kept} requests are kept, and the TrackingID header of a reply names its own.',
    source: 'decided',
  },
  'lab.exchange_not_found': {
    status: 404,
    message: 'No exchange has this number any more; what was said is kept of the last 500.',
    source: 'decided',
  },
  'lab.resend_failed': { status: 400, message: 'The request could not be sent: {reason}', source: 'decided' },
  'lab.person_not_found': {
    status: 404,
    message: "No active person has the address '{email}'.",
    source: 'decided',
  },
  'lab.snapshot_not_found': {
    status: 404,
    message: "There is no snapshot '{name}'; {hint}.",
    source: 'decided',
  },
  'lab.database_busy': {
    status: 503,
    message: 'Another process is connected to the database of this world: end it and try again.',
    source: 'decided',
  },
  'lab.fork_failed': { status: 503, message: 'The fork could not be started: {reason}', source: 'decided' },
  'lab.fault_not_found': { status: 404, message: "There is no fault '{id}'.", source: 'decided' },
  'lab.fault_invalid': { status: 400, message: '{reason}', source: 'decided' },
});
