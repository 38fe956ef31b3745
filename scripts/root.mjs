import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout that holds this file. */
export const repositoryRoot = dirname(dirname(fileURLToPath(import.meta.url)));
