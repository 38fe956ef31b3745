import { useLocation, useNavigate } from '@tanstack/react-router';

/** Values of the address's query by name; what is not there is undefined. */
export type SearchState<Name extends string> = { readonly [Key in Name]?: string | undefined };

/**
 * Keeps what a page is narrowed to in its address, so that links and the back button bring it along.
 * @returns the values, and a function that changes some of them: empty takes a value out; `replace` makes no
 *   entry in the history, for what is still being typed
 */
export function useSearchState<Name extends string>(
  names: readonly Name[],
): [SearchState<Name>, (change: SearchState<Name>, how?: { replace?: boolean }) => void] {
  const { searchStr } = useLocation();
  const navigate = useNavigate();
  const texts = Object.fromEntries(new URLSearchParams(searchStr));
  const values = Object.fromEntries(
    names.map((name) => [name, texts[name] || undefined]),
  ) as SearchState<Name>;
  const change = (some: SearchState<Name>, { replace = false } = {}) => {
    const entries = Object.entries({ ...texts, ...some }).filter(([, value]) => value);
    void navigate({ to: '.', search: Object.fromEntries(entries), replace } as never);
  };
  return [values, change];
}
