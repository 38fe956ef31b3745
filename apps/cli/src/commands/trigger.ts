import { usageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { actingOptions, actingToken } from './acting-token.ts';
import { triggers } from './triggers.ts';

const names = Object.keys(triggers);
const usages = Object.entries(triggers).map(([name, { usage }]) => `${name}: ${usage}`);

/** Causes an event by doing the real thing through REST. */
export const trigger: Command = {
  name: 'trigger',
  summary: `Cause an event by doing the real thing through REST. ${usages.join('; ')}`,
  arguments: [['<event>', names.join(', ')]],
  options: [
    ...actingOptions,
    ['--room <id>', 'room'],
    ['--to <email>', 'receiver of a direct message'],
    ['--text <text>', 'text of the message'],
    ['--markdown <text>', 'markdown of the message'],
    ['--email <email>', 'who becomes a member'],
    ['--title <title>', 'title of the room'],
    ['--message <id>', 'message with the card'],
    ['--inputs <json>', 'inputs of the card'],
  ],
  needs: ['lab', 'rest'],
  examples: [
    'moot trigger messages.created --person ada@acme.test --room Y2lzY29zcGFyazov... --text "hello"',
    'moot trigger rooms.created --person ada@acme.test --title Ops --json',
  ],
  async run(call) {
    const name = call.given.argument(0);
    const found = Object.hasOwn(triggers, name) ? triggers[name] : undefined;
    if (!found) throw usageError(`event: '${name}' cannot be triggered; there are ${names.join(', ')}.`);
    const body = found.body(call.given);
    const reply = await call.server().rest(await actingToken(call), 'POST', found.path, body);
    return { document: reply.text };
  },
};
