import type { Command } from './command.ts';
import { optionsOf } from './options.ts';

const OPENING = `# Command line

\`moot\` drives a running server (its lab, its world) and cares for a deployment (organisations, backups, health).
In a checkout it is \`npx moot\`. Every command has \`--help\` with examples; none asks questions, and none writes colours.

## How a server is found

Commands that speak to a server take, in this order: \`--url\`, \`MOOT_URL\`, the address that a running server wrote
to \`server.json\` in its data folder (\`--data\`, \`MOOT_DATA\`, or \`.moot\`). Verbs of the lab need its key: \`--lab-key\`,
\`MOOT_LAB_KEY\`, or the one in \`server.json\`, which is sent to that very server only. A server in production mode has
no lab; \`org create\`, \`backup\`, \`restore\` and \`doctor\` work there as well.

\`org create\`, \`backup\` and \`restore\` work on the data folder itself, whether its server runs or not, or on the
database that \`MOOT_DATABASE_URL\` names; files lie in the data folder in both cases.

## Output and exit codes

With \`--json\` a command prints one JSON document and nothing else: the body of the server's answer as it came, or the
document that is described below (\`{}\` where the answer has no body). \`listen\` and \`logs tail\` print one document a
line. Errors go to the standard error and name the remedy.

| code | meaning |
| --- | --- |
| 0 | done |
| 1 | refused or failed |
| 2 | called in a wrong way |
| 3 | no server in reach |
`;

const BACKUPS = `## What a backup is

All tables as of one moment, written while others go on, and all files. Each part has its checksum; a restore verifies
every one before it touches anything, then fills the empty target in one transaction: it is restored whole or stays
empty. A backup of an older release is brought to the schema of the release that restores it; one of a newer release
is refused.

After a restore tokens, rooms, messages and files are as they were. Webhook deliveries that were pending are pending
again, and whatever reads the event log goes on where it was: nothing is passed over, and only a delivery that was under way
in the moment of the backup can reach its target twice. Not in a backup: saved snapshots and the base that \`reset\`
returns to (a restored world begins a new base), and the settings of the server.

The secret key (\`MOOT_SECRET_KEY\`, or \`secret-key\` in the data folder) encrypts webhook secrets and other keys at rest.
It is left out, so that a stolen backup does not give these away: keep it elsewhere and set \`MOOT_SECRET_KEY\` for the
restore, which refuses another key. \`--include-secret-key\` puts it in. A restore into a data folder leaves the key
where the server finds it; with \`MOOT_DATABASE_URL\` the server needs \`MOOT_SECRET_KEY\` anyway.

A folder as target needs room once, a file twice while it is packed; a restore unpacks a file beside the data folder.
`;

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function tableOf(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, what]) => `| \`${cell(name)}\` | ${cell(what)} |\n`);
  return `| | |\n| --- | --- |\n${lines.join('')}`;
}

function section(command: Command): string {
  const usage = ['moot', command.name, ...(command.arguments ?? []).map(([name]) => name)].join(' ');
  const examples = command.examples.map((line) => `${line}\n`).join('');
  const shown = examples === '' ? '' : `\n\`\`\`sh\n${examples}\`\`\`\n`;
  const rows = [...(command.arguments ?? []), ...optionsOf(command)];
  return `### \`${usage}\`\n\n${command.summary}.\n\n${tableOf(rows)}${shown}`;
}

/** The reference page of the command line, in Markdown. */
export function renderReference(commands: readonly Command[]): string {
  return [OPENING, BACKUPS, '## Commands\n', ...commands.map(section)].join('\n');
}
