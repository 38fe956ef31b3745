import { dirname } from 'node:path';

/** Absolute path of the checkout that holds this file. */
export const repositoryRoot = dirname(import.meta.dirname);
