import './tabs.css';
import { Tabs as Parts } from 'radix-ui';
import type { ReactNode } from 'react';

/** One tab with what it shows. */
export type Tab = { value: string; label: ReactNode; content: ReactNode };

/**
 * Views of one thing, one at a time; the arrow keys change between them.
 * @param label names the list for screen readers
 * @param value the open tab where the page decides; else the first is open at the start
 */
export function Tabs({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onChange?: (value: string) => void;
}) {
  const first = tabs[0]?.value;
  return (
    <Parts.Root
      {...(value === undefined ? first !== undefined && { defaultValue: first } : { value })}
      {...(onChange && { onValueChange: onChange })}
    >
      <Parts.List className="tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Parts.Trigger className="tabs-tab" key={tab.value} value={tab.value}>
            {tab.label}
          </Parts.Trigger>
        ))}
      </Parts.List>
      {tabs.map((tab) => (
        <Parts.Content className="tabs-panel" key={tab.value} value={tab.value}>
          {tab.content}
        </Parts.Content>
      ))}
    </Parts.Root>
  );
}
