/**
 * Wake-ups within a process, by topic: `event`, `event:<resource>`, `job:<queue>`. Losing one costs a poll interval,
 * never data. The payload of an event's is the transaction that was handed to followers, or empty.
 */
export interface Signals {
  emit(topic: string, payload?: string): void;
  /** @returns the function that ends the subscription */
  subscribe(topic: string, listener: (payload: string) => void): () => void;
}

/** Signals that call their listeners at once, in the order of subscription. */
export function createSignals(): Signals {
  const listeners = new Map<string, Set<(payload: string) => void>>();
  return {
    emit(topic, payload = '') {
      for (const listener of listeners.get(topic) ?? []) listener(payload);
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => set.delete(listener);
    },
  };
}
