import { labCommand } from './lab-command.ts';

/** Makes an incoming webhook of a room. */
export const incomingWebhookCreate = labCommand(
  {
    name: 'incoming-webhook create',
    summary: 'Make a URL that posts into a room, and print it',
    options: [
      ['--room <id>', 'required: the room'],
      ['--name <name>', 'name of the sender in the room'],
    ],
    examples: ['moot incoming-webhook create --room Y2lzY29zcGFyazovL3VzL1JPT00v... --name Alerts'],
  },
  ({ given }) => {
    const name = given.text('name');
    const body = { roomId: given.required('room'), ...(name !== undefined && { name }) };
    return { method: 'POST', path: '/incoming-webhooks', body };
  },
  ({ url }) => `${String(url)}\n`,
);
