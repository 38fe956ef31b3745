import './tooltip.css';
import { Tooltip as Parts } from 'radix-ui';
import type { ReactNode } from 'react';

/** A short text beside a control that has a name of its own; nothing that one must know stands only here. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Parts.Provider delayDuration={300}>
      <Parts.Root>
        <Parts.Trigger asChild>{children}</Parts.Trigger>
        <Parts.Portal>
          <Parts.Content className="tooltip" sideOffset={6} collisionPadding={8}>
            {text}
          </Parts.Content>
        </Parts.Portal>
      </Parts.Root>
    </Parts.Provider>
  );
}
