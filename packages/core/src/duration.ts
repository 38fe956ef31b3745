const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;

/**
 * Milliseconds of a duration such as `14d`, `90s` or `1h30m` (ms, s, m, h, d, w).
 * @returns undefined when the text is no duration or exceeds 1 000 years
 */
export function parseDurationMs(text: string): number | undefined {
  const compact = text.replaceAll(' ', '');
  if (compact === '' || compact.replace(PART, '') !== '') return undefined;
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(PART)) total += Number(amount) * UNIT_MS[unit!]!;
  return total <= 1000 * 366 * UNIT_MS.d! ? Math.round(total) : undefined;
}
