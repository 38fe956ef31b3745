import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { findDuplicates } from './duplicates.ts';
import { joined, rootOf } from './raw-entries.ts';
import { findBrokenReferences } from './references.ts';
import { type WorldFile, worldSchema } from './world-schema.ts';

/** A world, or everything that is wrong with its file, each with its path. */
export type ParsedWorldFile = { ok: true; world: WorldFile } | { ok: false; errors: string[] };

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : joined(text, String(part))),
    '',
  );
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const path = pathOf(issue.path);
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const text = missing ? 'it is required' : issue.message.replace(/^Invalid input: /, '');
  const quoted = /expected string, received (number|boolean)/.test(text) ? `${text}; put it in quotes` : text;
  return path === '' ? quoted : `${path}: ${quoted}`;
}

/** JSON is read by its own parser, which is several times faster than YAML's. */
function read(text: string): { value: unknown } | { errors: string[] } {
  if (text.trimStart().startsWith('{')) {
    try {
      return { value: JSON.parse(text) as unknown };
    } catch {
      // A flow mapping of YAML begins like JSON.
    }
  }
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  if (document.errors.length > 0)
    return { errors: document.errors.map((error) => error.message.split('\n')[0]!) };
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }) as unknown };
  } catch (error) {
    return { errors: [(error as Error).message] };
  }
}

/**
 * Reads a world file, YAML or JSON, and checks it: form, unknown keys, duplicates and references.
 * @returns the world, or all errors
 */
export function parseWorldFile(text: string): ParsedWorldFile {
  const file = read(text);
  if ('errors' in file) return { ok: false, errors: file.errors };
  const parsed = worldSchema.safeParse(file.value);
  const root = rootOf(file.value);
  const errors = [
    ...(parsed.error?.issues ?? []).map(sentenceOf),
    ...findDuplicates(root),
    ...findBrokenReferences(root),
  ];
  return parsed.success && errors.length === 0 ? { ok: true, world: parsed.data } : { ok: false, errors };
}
