const format = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** The time of day in the reader's zone, to the second; its title is the exact time. */
export function ClockTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {format.format(new Date(at))}
    </time>
  );
}
