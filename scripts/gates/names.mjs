import { listFiles } from './source-files.mjs';

const empty = /(^|[-_.])(utils?|helpers?|managers?|common|misc|stuff)([-_.]|$)/i;

/** Names of files and folders say what is inside; these say nothing. */
export const names = {
  name: 'names',
  run: async (root) =>
    listFiles(root)
      .filter((path) => !path.startsWith('docs/'))
      .filter((path) => path.split('/').some((part) => empty.test(part)))
      .map((path) => `${path}: name it after what it does`),
};
