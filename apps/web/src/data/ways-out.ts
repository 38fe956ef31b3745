import type { WaysOut } from './page-client.ts';

/** The sign-in page, which comes back to an address of ours afterwards. */
export function signInAddress(next: string): string {
  return `/account/sign-in?${new URLSearchParams({ next })}`;
}

/** Leaves the page for those of the account that help on: once, however many calls are refused. */
export function waysOutOf(page: Window): WaysOut {
  const { location } = page;
  let isLeaving = false;
  // The back button may bring the very page back that was left.
  page.addEventListener('pageshow', () => {
    isLeaving = false;
  });
  function leaveFor(path: string, address: string): void {
    if (isLeaving || location.pathname === path) return;
    isLeaving = true;
    location.assign(address);
  }
  return {
    signIn() {
      const here = location.pathname + location.search + location.hash;
      leaveFor('/account/sign-in', signInAddress(here));
    },
    tokenLimit: () => leaveFor('/account/token-limit', '/account/token-limit'),
  };
}
