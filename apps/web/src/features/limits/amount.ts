const durations = [
  { seconds: 86_400, one: 'day', many: 'days' },
  { seconds: 3600, one: 'hour', many: 'hours' },
  { seconds: 60, one: 'minute', many: 'minutes' },
] as const;

const sizes = [
  { bytes: 1_073_741_824, name: 'GiB' },
  { bytes: 1_048_576, name: 'MiB' },
  { bytes: 1024, name: 'KiB' },
] as const;

function number(value: number): string {
  return new Intl.NumberFormat().format(value);
}

function durationOf(seconds: number): string {
  const unit = durations.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  if (!unit) return seconds === 1 ? '1 second' : `${number(seconds)} seconds`;
  const count = seconds / unit.seconds;
  return `${number(count)} ${count === 1 ? unit.one : unit.many}`;
}

function sizeOf(bytes: number): string {
  const unit = sizes.find((one) => bytes >= one.bytes && bytes % one.bytes === 0);
  return unit ? `${number(bytes / unit.bytes)} ${unit.name}` : `${number(bytes)} bytes`;
}

/** A number with its unit, as people read it: whole days instead of seconds where that comes out even. */
export function amountOf(value: number, unit: string): string {
  if (unit === 's') return durationOf(value);
  if (unit === 'bytes') return sizeOf(value);
  return `${number(value)} ${unit}`;
}
