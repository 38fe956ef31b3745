/**
 * The one Link of a page: absolute, with every parameter of the request and those of the next
 * page. No semicolon may stand in it, since the official SDK splits the header there.
 */
export function nextLink(
  baseUrl: string,
  path: string,
  query: URLSearchParams,
  next: Record<string, string>,
): string {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(next)) parameters.set(name, value);
  const text = parameters.toString().replaceAll('+', '%20');
  return `<${baseUrl}${path}?${text}>; rel="next"`;
}
