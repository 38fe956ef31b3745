/** A day of a date field, `2026-01-31`, in the reader's zone. */
function dayOf(day: string | undefined, later: number): string | undefined {
  const [year, month, date] =
    /^(\d{4})-(\d{2})-(\d{2})$/
      .exec(day ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const time = new Date(year, month - 1, date + later);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** When a day begins, ISO 8601; undefined for a text that is no day. */
export function startOfDay(day: string | undefined): string | undefined {
  return dayOf(day, 0);
}

/** When a day is over, ISO 8601; undefined for a text that is no day. */
export function endOfDay(day: string | undefined): string | undefined {
  return dayOf(day, 1);
}
