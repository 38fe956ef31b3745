import { limitLedger } from '@moothall/core';
import { type SettingSpec, settingsTable } from '../../../apps/server/src/settings-table.ts';
import { markdownTable, page } from './markdown.ts';

/** The ledger of limits. */
export function limitsPage(): string {
  const rows = Object.entries(limitLedger).map(([name, { value, unit, what, source }]) => [
    `\`${name}\``,
    String(value),
    unit,
    what,
    source,
  ]);
  return page(
    'Limits',
    'Every number that a rule turns on. An operator overrides them with `MOOT_LIMITS=name=number,...`.',
    markdownTable(['name', 'value', 'unit', 'what', 'source'], rows),
  );
}

function defaultOf({ schema }: SettingSpec): string {
  const result = schema.safeParse(undefined);
  if (!result.success || result.data === undefined) return '';
  const text = Array.isArray(result.data) ? result.data.join(',') : String(result.data);
  return `\`${text}\``;
}

/** Every setting of the server. */
export function configurationPage(): string {
  const rows = Object.values<SettingSpec>(settingsTable).map((spec) => [
    `\`${spec.env}\``,
    spec.flag ? `\`--${spec.flag}\`` : '',
    defaultOf(spec),
    `${spec.what}${spec.secret ? ' (masked where it is shown)' : ''}`,
  ]);
  return page(
    'Configuration',
    'An option wins over its variable, a variable over the default. A variable that begins with `MOOT_` and is not listed here ends the start. `--no-demo` starts without the demo world.',
    markdownTable(['variable', 'option', 'default', 'what'], rows),
  );
}
