import './scope-picker.css';
import type { listScopes } from '@moothall/platform/contracts';
import { useId, useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';

/** A scope with what it means and who can give it. */
export type Scope = ReplyOf<typeof listScopes>['items'][number];

const grantors = { admin: 'Needs an administrator', compliance: 'Needs a compliance officer' } as const;

/** Scopes to be chosen, grouped by what they are about; the search looks at names and meanings. */
export function ScopePicker({
  scopes,
  chosen,
  fault,
  onChange,
}: {
  scopes: readonly Scope[];
  chosen: readonly string[];
  fault: string | undefined;
  onChange: (chosen: string[]) => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const found = scopes.filter((scope) => matches(scope, text));
  const areas = Map.groupBy(found.toSorted(byArea), ({ area }) => area);
  const toggle = (scope: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, scope] : chosen.filter((one) => one !== scope));
  return (
    <fieldset
      className="scope-picker"
      data-invalid={fault !== undefined}
      aria-describedby={`${id}-hint ${id}-fault`}
    >
      <legend className="field-label">Scopes</legend>
      <div className="field-hint" id={`${id}-hint`}>
        What the app may do. Take as few as it needs: people are asked for each of them.
      </div>
      <div className="field-error" id={`${id}-fault`}>
        {fault}
      </div>
      <p className="scope-picker-chosen" role="status">
        {chosen.length === 0 ? 'None chosen yet.' : `${chosen.length} chosen: ${chosen.join(', ')}`}
      </p>
      <Field label="Find a scope" optional>
        <TextInput
          type="search"
          autoComplete="off"
          placeholder="messages, people, spark:rooms_read"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // Enter looks for the scope; it does not send the form around it.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      </Field>
      {areas.size === 0 && <p>No scope is like that. Search for a shorter word.</p>}
      <div className="scope-picker-areas">
        {[...areas].map(([area, list]) => (
          <Area
            key={area}
            area={area}
            scopes={list}
            chosen={chosen}
            isSearched={text.trim() !== ''}
            onToggle={toggle}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** What most apps are about, in this order; then what any person can give, then what takes an administrator. */
const firstAreas = ['Spaces', 'People', 'Teams', 'Meetings'];

function rankOf({ area, grantor }: Scope): number {
  const first = firstAreas.indexOf(area);
  if (first >= 0) return first;
  return firstAreas.length + (grantor === 'user' ? 0 : 1);
}

function byArea(one: Scope, other: Scope): number {
  return rankOf(one) - rankOf(other);
}

function matches({ scope, text, area }: Scope, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/);
  const all = `${scope} ${text} ${area}`.toLowerCase();
  return words.every((word) => all.includes(word));
}

function Area({
  area,
  scopes,
  chosen,
  isSearched,
  onToggle,
}: {
  area: string;
  scopes: readonly Scope[];
  chosen: readonly string[];
  isSearched: boolean;
  onToggle: (scope: string, isOn: boolean) => void;
}) {
  const [isOpen, setOpen] = useState(() => scopes.some(({ scope }) => chosen.includes(scope)));
  const count = scopes.filter(({ scope }) => chosen.includes(scope)).length;
  const shown = isOpen || isSearched;
  return (
    <details
      className="scope-picker-area"
      open={shown}
      onToggle={(event) => !isSearched && setOpen(event.currentTarget.open)}
    >
      <summary className="scope-picker-summary">
        <span>{area}</span>
        <span className="field-hint">{count > 0 ? `${count} chosen` : scopes.length}</span>
      </summary>
      {shown && (
        <div className="scope-picker-list">
          {scopes.map((scope) => (
            <Checkbox
              key={scope.scope}
              checked={chosen.includes(scope.scope)}
              onChange={(event) => onToggle(scope.scope, event.target.checked)}
              label={scope.text}
              hint={<ScopeHint scope={scope} />}
            />
          ))}
        </div>
      )}
    </details>
  );
}

function ScopeHint({ scope: { scope, grantor } }: { scope: Scope }) {
  return (
    <>
      <code>{scope}</code> {grantor !== 'user' && <Badge tone="warning">{grantors[grantor]}</Badge>}
    </>
  );
}
