import { useLocation, useParams } from '@tanstack/react-router';

/** A value of the address's query; of several the first. */
export function useSearchText(name: string): string | undefined {
  const { searchStr } = useLocation();
  return new URLSearchParams(searchStr).get(name) ?? undefined;
}

/**
 * A parameter of the page's path.
 * @throws Error when the path has none of that name
 * @public
 */
export function usePathText(name: string): string {
  const params: Record<string, unknown> = useParams({ strict: false });
  const value = params[name];
  if (typeof value !== 'string') throw new Error(`the path has no $${name}`);
  return value;
}
