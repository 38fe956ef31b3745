const formats: Record<'date' | 'minute', Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
};

/**
 * A time in the reader's own language and zone; its title is the exact one.
 * @param at ISO 8601
 */
export function Time({ at, to = 'minute' }: { at: string; to?: 'date' | 'minute' }) {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <span>{at}</span>;
  return (
    <time dateTime={at} title={at}>
      {new Intl.DateTimeFormat(undefined, formats[to]).format(time)}
    </time>
  );
}
