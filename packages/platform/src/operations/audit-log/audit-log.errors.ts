import { defineErrors } from '@moothall/core';

/** Refusals about the audit log. */
export const auditErrors = defineErrors({
  'audit.range_reversed': {
    status: 400,
    message: 'from must be earlier than to.',
    source: 'decided',
  },
  'audit.range_too_long': {
    status: 400,
    message: 'from and to may be a year apart at most: ask for each year by itself.',
    source: 'documented',
  },
  'audit.unknown_category': {
    status: 400,
    message: 'eventCategories: at least one is no category; GET /adminAudit/eventCategories lists them.',
    source: 'decided',
  },
});
