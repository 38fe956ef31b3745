/**
 * Where a sign-in leads: an address of this site only, so that nobody is led elsewhere by a link.
 * @param next as the address of the sign-in page names it
 */
export function nextAddress(next: string | undefined, origin: string): string {
  const home = '/account';
  if (next === undefined || !next.startsWith('/')) return home;
  try {
    const url = new URL(next, origin);
    const leadsBack = url.pathname === '/account/sign-in';
    return url.origin === origin && !leadsBack ? url.pathname + url.search + url.hash : home;
  } catch {
    return home;
  }
}
