import { defineErrors } from '@moothall/core';

/** Refusals when rooms are written. */
export const roomWriteErrors = defineErrors({
  'room.title_empty': { status: 400, message: 'Title cannot be empty.', source: 'as-observed' },
});
