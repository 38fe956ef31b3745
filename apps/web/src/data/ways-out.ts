import type { WaysOut } from './page-client.ts';

/** The sign-in page, which comes back to an address of ours afterwards. */
export function signInAddress(next: string): string {
  return `/account/sign-in?${new URLSearchParams({ next })}`;
}

/** Leaves the page for those of the account that help on. */
export function waysOutOf(location: Location): WaysOut {
  const here = () => location.pathname + location.search + location.hash;
  return {
    signIn() {
      if (location.pathname !== '/account/sign-in') location.assign(signInAddress(here()));
    },
    tokenLimit() {
      if (location.pathname !== '/account/token-limit') location.assign('/account/token-limit');
    },
  };
}
