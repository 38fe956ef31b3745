/** Paths and methods that are served. */
export type PathTable = { template: string; method: string }[];

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part === given[index])
  );
}

/** Methods that a path is served with; none when it is unknown. */
export function allowedMethods(table: PathTable, url: string): string[] {
  const path = `/${url.split('?')[0]!.split('/').filter(Boolean).join('/')}`;
  return [...new Set(table.filter((row) => matches(row.template, path)).map((row) => row.method))];
}
