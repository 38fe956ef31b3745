import type { FieldCheck } from './field-rules.ts';
import type { Shape } from './shapes.ts';

/** Receives one finding: JSON pointer, what is wrong, and whether a key or a text is. */
export type Report = (pointer: string, message: string, rule: 'unknown-key' | 'format') => void;

/** Walks a body along its shape and reports each key that no schema knows and each text in a wrong form.
 *  Wrong JSON types are not its business: the schema validator reports them. */
export function walk(value: unknown, shape: Shape, pointer: string, report: Report): void {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) walk(element, shape, `${pointer}/${index}`, report);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, below] of Object.entries(value)) walkKey(key, below, shape, pointer, report);
  }
}

function walkKey(key: string, value: unknown, shape: Shape, pointer: string, report: Report): void {
  const field = shape.fields.get(key);
  if (field?.check) checkText(value, field.check, pointer, key, report);
  const below = field ? field.shape : shape.rest;
  if (below && typeof value === 'object') walk(value, below, childPointer(pointer, key), report);
  if (!field && !shape.isOpen) {
    const remedy = 'leave it out, or list it with its source in tests/contract/allowed-additions.ts';
    report(childPointer(pointer, key), `is unknown to ${shape.name}; ${remedy}`, 'unknown-key');
  }
}

function checkText(value: unknown, check: FieldCheck, pointer: string, key: string, report: Report): void {
  const elements = Array.isArray(value) ? value : [value];
  for (const [index, element] of elements.entries()) {
    const problem = typeof element === 'string' ? check(element) : undefined;
    if (!problem) continue;
    const at = childPointer(pointer, key);
    report(Array.isArray(value) ? `${at}/${index}` : at, problem, 'format');
  }
}

function childPointer(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
