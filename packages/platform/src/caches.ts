/** A bounded map that forgets its oldest entries. */
export interface Cache<Value> {
  get(key: string): Value | undefined;
  /** What `set` must be told, taken before the value was read from the database. */
  version(): number;
  /** Keeps a value, unless anything was invalidated since `version`: it may have been read before that. */
  set(key: string, value: Value, version: number): void;
  delete(key: string): void;
  clear(): void;
}

/** The caches of a world, each by its name. */
export interface Caches {
  /** The cache of that name, made at its first use. */
  named<Value>(name: string): Cache<Value>;
  /** Forgets everything: after a reset or the load of a snapshot. */
  clearAll(): void;
}

type Entry<Value> = { value: Value; freshUntilMs: number };

function boundedCache<Value>(capacity: number, freshMs: number, settings: CacheSettings): Cache<Value> {
  const { monotonicMs, onRead } = settings;
  const entries = new Map<string, Entry<Value>>();
  let version = 0;
  return {
    version: () => version,
    get(key) {
      onRead?.();
      const entry = entries.get(key);
      return entry !== undefined && entry.freshUntilMs > monotonicMs() ? entry.value : undefined;
    },
    set(key, value, since) {
      if (since !== version) return;
      if (entries.size >= capacity && !entries.has(key))
        entries.delete(entries.keys().next().value as string);
      entries.set(key, { value, freshUntilMs: monotonicMs() + freshMs });
    },
    delete(key) {
      version += 1;
      entries.delete(key);
    },
    clear() {
      version += 1;
      entries.clear();
    },
  };
}

/** What the caches of a process are made of. */
type CacheSettings = {
  shared: boolean;
  monotonicMs: () => number;
  capacity?: number;
  /** Called at each read, as what is not in a cache is read from the database; for tests. */
  onRead?: () => void;
};

/** Below the second that other processes may lag, by what reading an entry may have taken. */
const SHARED_FRESH_MS = 900;

/**
 * Caches of one process. A writer invalidates before it replies; where several processes run, an
 * entry lives less than a second, so that each of them sees a change within that time (F32).
 */
export function createCaches(settings: CacheSettings): Caches {
  const caches = new Map<string, Cache<unknown>>();
  const freshMs = settings.shared ? SHARED_FRESH_MS : Number.POSITIVE_INFINITY;
  return {
    named<Value>(name: string) {
      let cache = caches.get(name);
      if (!cache) {
        cache = boundedCache<unknown>(settings.capacity ?? 50_000, freshMs, settings);
        caches.set(name, cache);
      }
      return cache as Cache<Value>;
    },
    clearAll() {
      for (const cache of caches.values()) cache.clear();
    },
  };
}
