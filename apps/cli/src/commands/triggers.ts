import { usageError } from '../cli-error.ts';
import type { Given } from '../given.ts';

/** The real request behind a trigger. */
export type Trigger = {
  /** What it must be given, for the message and the help. */
  usage: string;
  path: string;
  body(given: Given): Record<string, unknown>;
};

function jsonObject(option: string, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The same refusal as for JSON that is no object.
  }
  throw usageError(`--${option}: give a JSON object, such as '{"comment":"yes"}'.`);
}

/** Events that can be caused, each by the request that a client would send. */
export const triggers: Readonly<Record<string, Trigger>> = {
  'messages.created': {
    usage: '--room ID or --to EMAIL, and --text TEXT or --markdown TEXT',
    path: '/messages',
    body: (given) => {
      const [room, to] = [given.text('room'), given.text('to')];
      if ((room === undefined) === (to === undefined)) throw usageError('Give --room ID or --to EMAIL.');
      const markdown = given.text('markdown');
      return {
        ...(room === undefined ? { toPersonEmail: to } : { roomId: room }),
        ...(markdown === undefined ? { text: given.required('text') } : { markdown }),
      };
    },
  },
  'memberships.created': {
    usage: '--room ID --email EMAIL',
    path: '/memberships',
    body: (given) => ({ roomId: given.required('room'), personEmail: given.required('email') }),
  },
  'rooms.created': {
    usage: '--title TITLE',
    path: '/rooms',
    body: (given) => ({ title: given.required('title') }),
  },
  'attachmentActions.created': {
    usage: '--message ID [--inputs JSON]',
    path: '/attachment/actions',
    body: (given) => ({
      type: 'submit',
      messageId: given.required('message'),
      inputs: jsonObject('inputs', given.text('inputs') ?? '{}'),
    }),
  },
};
