import type { Outcome } from '../command.ts';
import type { Io } from '../io.ts';
import { render } from './render.ts';

function parsed(document: string): Record<string, unknown> {
  return document.trim() === '' ? {} : (JSON.parse(document) as Record<string, unknown>);
}

/** Prints an outcome: with `--json` one document and nothing else. */
export function printOutcome(io: Io, { document, text }: Outcome, json: boolean): void {
  if (json) {
    const line = typeof document === 'string' ? document.trim() || '{}' : JSON.stringify(document);
    io.out(`${line}\n`);
    return;
  }
  io.out(text ?? render(typeof document === 'string' ? parsed(document) : document));
}
