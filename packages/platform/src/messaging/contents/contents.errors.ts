import { defineErrors } from '@moothall/core';

/** Refusals about the files of messages. */
export const contentErrors = defineErrors({
  'content.not_found': {
    status: 404,
    message: 'Could not find a file with provided ID.',
    source: 'decided',
  },
  'content.range': {
    status: 416,
    message: 'The range does not lie within the {bytes} bytes of the file.',
    source: 'decided',
  },
});
