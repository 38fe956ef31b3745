import { useState } from 'react';
import { PageError } from '../../data/page-error.ts';

/** What a form changes, over the state that it was begun on. */
export type Draft<Saved, Values> = {
  values: Values;
  /** Only what the reader changed. */
  edits: Partial<Values>;
  isTouched: boolean;
  edit: (change: Partial<Values>) => void;
  discard: () => void;
  /** Somebody else saved meanwhile: nothing of this form was kept by the server yet. */
  isStale: boolean;
  /** What a field has become meanwhile where both changed it. */
  theirs: Partial<Values>;
  /** Takes up what it is now, and keeps what the reader changed. */
  takeUp: () => Promise<void>;
  /** Sends the form; a conflict is told by `isStale`. @throws whatever else the sending throws */
  save: (send: (base: Saved, edits: Partial<Values>) => Promise<unknown>) => Promise<boolean>;
};

/**
 * Changes to something that others may change at the same time. It is begun on what was read then, whatever is
 * read later, so that nobody's change is overwritten unseen.
 * @param reload reads the saved state anew
 * @param isConflict which refusal means that somebody else was faster; any 409 unless said
 */
export function useDraft<Saved, Values extends object>(
  saved: Saved,
  valuesOf: (saved: Saved) => Values,
  reload: () => Promise<Saved | undefined>,
  isConflict: (error: PageError) => boolean = ({ status }) => status === 409,
): Draft<Saved, Values> {
  const [edits, setEdits] = useState<Partial<Values>>({});
  const [begun, setBegun] = useState<Saved>();
  const [isStale, setStale] = useState(false);
  const [theirs, setTheirs] = useState<Partial<Values>>({});
  const base = begun ?? saved;
  const start = (next: Partial<Values>, on: Saved | undefined) => {
    setEdits(next);
    setBegun(on);
    setStale(false);
  };
  return {
    values: { ...valuesOf(base), ...edits },
    edits,
    isTouched: Object.keys(edits).length > 0,
    isStale,
    theirs,
    edit: (change) => {
      setBegun((before) => before ?? saved);
      setEdits((before) => ({ ...before, ...change }));
    },
    discard: () => {
      setTheirs({});
      start({}, undefined);
    },
    async takeUp() {
      const fresh = await reload();
      if (fresh === undefined) return;
      setTheirs(changedSince(valuesOf(base), valuesOf(fresh), edits));
      start(edits, fresh);
    },
    async save(send) {
      try {
        await send(base, edits);
      } catch (error) {
        if (!isConflict(PageError.from(error))) throw error;
        setStale(true);
        return false;
      }
      setTheirs({});
      start({}, undefined);
      return true;
    },
  };
}

function changedSince<Values extends object>(
  before: Values,
  now: Values,
  edits: Partial<Values>,
): Partial<Values> {
  const names = Object.keys(edits) as (keyof Values)[];
  const other = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  return Object.fromEntries(other.map((name) => [name, now[name]])) as Partial<Values>;
}
