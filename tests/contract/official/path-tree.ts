type Node<T> = {
  readonly fixed: Map<string, Node<T>>;
  variable: Node<T> | undefined;
  readonly methods: Map<string, T>;
};

/** Finds what is registered for a method and a concrete path. Fixed segments win over variable ones, from left
 *  to right, so `/people/me` is found before `/people/{personId}`; when the winner lacks the method the
 *  next candidate is tried. Doubled and trailing slashes and the query do not count. */
export class PathTree<T> {
  readonly #root: Node<T> = newNode();

  /** Registers a template such as `/rooms/{roomId}`; a later one for the same method and shape replaces it. */
  add(method: string, template: string, value: T): void {
    let node = this.#root;
    for (const segment of segmentsOf(template)) node = descend(node, segment);
    node.methods.set(method.toUpperCase(), value);
  }

  /** The value for a request, or undefined.
   *  @param path  as requested, below the version prefix, e.g. `/rooms/Y2lz?max=1` */
  find(method: string, path: string): T | undefined {
    return search(this.#root, segmentsOf(path), 0, method.toUpperCase());
  }
}

/** Splits a path into its segments, without query, empty segments or fragment. */
function segmentsOf(path: string): string[] {
  const end = path.search(/[?#]/);
  return (end < 0 ? path : path.slice(0, end)).split('/').filter((segment) => segment !== '');
}

function newNode<T>(): Node<T> {
  return { fixed: new Map(), variable: undefined, methods: new Map() };
}

function descend<T>(node: Node<T>, segment: string): Node<T> {
  if (segment.startsWith('{')) {
    node.variable ??= newNode();
    return node.variable;
  }
  const next = node.fixed.get(segment) ?? newNode<T>();
  node.fixed.set(segment, next);
  return next;
}

function search<T>(node: Node<T>, segments: string[], at: number, method: string): T | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.methods.get(method);
  const fixed = node.fixed.get(segment);
  const found = fixed && search(fixed, segments, at + 1, method);
  return found ?? (node.variable && search(node.variable, segments, at + 1, method));
}
