import type { Call, Command, Outcome } from '../command.ts';

/** A request to the lab plane. */
export type LabRequest = { method: string; path: string; body?: unknown };

/**
 * Makes a command that is one request to the lab plane and prints its answer.
 * @param request made of what was given; throws CliError (usage) for what cannot be sent
 * @param text how people get the answer; a table of its fields unless said
 */
export function labCommand(
  command: Omit<Command, 'needs' | 'run'>,
  request: (call: Call) => LabRequest,
  text?: (body: Record<string, unknown>) => string,
): Command {
  return {
    ...command,
    needs: ['lab'],
    async run(call): Promise<Outcome> {
      const { method, path, body } = request(call);
      const reply = await call.server().lab(method, path, body);
      return { document: reply.text, ...(text && { text: text(reply.body) }) };
    },
  };
}
