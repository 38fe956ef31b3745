import { useState } from 'react';

/** Puts a text on the clipboard; `copied` tells how that went, for the button and for screen readers. */
export function useCopy(text: string): { copied: 'yes' | 'refused' | undefined; copy: () => Promise<void> } {
  const [result, setResult] = useState<{ of: string; how: 'yes' | 'refused' }>();
  const tell = (how: 'yes' | 'refused') => setResult({ of: text, how });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell('yes');
    } catch {
      // Refused, or not there at all: pages that came without encryption have no clipboard.
      tell('refused');
    }
  };
  return { copied: result?.of === text ? result.how : undefined, copy };
}
