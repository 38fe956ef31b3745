import type { Command, Need } from './command.ts';

type Option = readonly [string, string];

const data: Option = ['--data <folder>', 'data folder of the server on this machine; MOOT_DATA, or .moot'];
const url: Option = [
  '--url <url>',
  'base URL of the server; MOOT_URL, or the one that runs on the data folder',
];
const labKey: Option = ['--lab-key <key>', "the lab's key; MOOT_LAB_KEY, or that of the local server"];

const optionsOfNeed: Readonly<Record<Need, readonly Option[]>> = {
  data: [data],
  server: [data, url],
  rest: [data, url],
  lab: [data, url, labKey],
};

/** All options of a command: its own, those of what it needs, and `--json`. */
export function optionsOf(command: Command): readonly Option[] {
  const shared = new Set(command.needs.flatMap((need) => optionsOfNeed[need]));
  return [...(command.options ?? []), ...shared, ['--json', 'print one JSON document and nothing else']];
}
