import { decodeWireKey, type WireType } from '@moothall/core';

/** Kinds of known values: types of wire ids, and `EMAIL`, `CURSOR` and `URL`. */
export type Kind = string;

/** Stands for a known value until the request is sent: by then the pool has grown. */
export class Known {
  readonly kind: Kind;
  readonly index: number;
  readonly bare: boolean;

  /** @param bare the UUID within the wire id rather than the id itself */
  constructor(kind: Kind, index: number, bare: boolean) {
    this.kind = kind;
    this.index = index;
    this.bare = bare;
  }
}

function typeOf(id: string): string | undefined {
  return /^ciscospark:\/\/[^/]+\/([A-Z_]+)\//.exec(Buffer.from(id, 'base64url').toString('latin1'))?.[1];
}

const KEPT_PER_KIND = 200;

/** Values that replies have shown, by kind. */
export class Pool {
  readonly #known = new Map<Kind, string[]>();
  readonly #fixed = new Set<string>();

  /** Adds a value; a full kind forgets one that was learnt before. */
  add(kind: Kind, value: string): void {
    const values = this.#known.get(kind) ?? [];
    this.#known.set(kind, values);
    if (values.includes(value)) return;
    if (values.length < KEPT_PER_KIND) values.push(value);
    else values[KEPT_PER_KIND - 1] = value;
  }

  /** Keeps all that is known by now from deletion, but for some people; callers are kept from changes too. */
  protectAllBut(mortals: readonly string[]): void {
    for (const values of this.#known.values()) for (const value of values) this.#fixed.add(value);
    for (const mortal of mortals) this.#fixed.delete(mortal);
  }

  /** The value that a placeholder stands for. @param harmless whether protected ones may be taken */
  resolve({ kind, index, bare }: Known, harmless: boolean): string {
    const all = this.#known.get(kind) ?? [];
    const free = harmless ? all : all.filter((value) => !this.#fixed.has(value));
    const value = free[index % Math.max(1, free.length)] ?? 'none';
    return bare ? (decodeWireKey([kind as WireType], value) ?? value) : value;
  }

  /** Learns ids, cursors and addresses from a reply. */
  learn(body: unknown, link?: string): void {
    const cursor = link && /[?&]cursor=([^&>]+)/.exec(link)?.[1];
    if (cursor) this.add('CURSOR', decodeURIComponent(cursor));
    if (Array.isArray(body)) for (const one of body.slice(0, 20)) this.learn(one);
    else if (typeof body === 'object' && body !== null) this.#learnObject(body as Record<string, unknown>);
  }

  #learnObject(body: Record<string, unknown>): void {
    const { id, items, files, url, devices } = body;
    const registration = typeof url === 'string' && /\/wdm\/api\/v1\/devices\/([^/]+)$/.exec(url)?.[1];
    if (registration) this.add('REGISTRATION', registration);
    const type = typeof id === 'string' ? typeOf(id) : undefined;
    if (type) this.add(type, id as string);
    for (const url of Array.isArray(files) ? files : []) this.add('CONTENT', String(url).split('/').at(-1)!);
    for (const list of [items, devices]) if (list) this.learn(list);
  }
}
