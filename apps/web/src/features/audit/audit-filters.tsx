import { getUser } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { SearchState } from '../../app/use-search-state.ts';
import { useRead } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select, TextInput } from '../../ui/input.tsx';
import { Filters } from '../administration/filters.tsx';
import { PersonPicker } from '../administration/person-picker.tsx';

/** Names of what the audit log can be narrowed to, as they stand in the address. */
export const auditFilterNames = ['category', 'actorId', 'from', 'to'] as const;

type AuditFilter = SearchState<(typeof auditFilterNames)[number]>;

/** Narrows the audit log; what is chosen stands in the address. */
export function AuditFilters({
  filters,
  setFilters,
  categories,
}: {
  filters: AuditFilter;
  setFilters: (change: AuditFilter) => void;
  categories: Readonly<Record<string, string>>;
}) {
  const known = filters.category && !(filters.category in categories) ? [[filters.category, '…']] : [];
  return (
    <Filters>
      <Field label="What was done" optional="unsaid">
        <Select
          value={filters.category ?? ''}
          onChange={({ target }) => setFilters({ category: target.value })}
          options={[
            { value: '', label: 'Anything' },
            ...[...known, ...Object.entries(categories)].map(([value = '', label = '']) => ({
              value,
              label,
            })),
          ]}
        />
      </Field>
      <Field label="From" optional="unsaid">
        <TextInput
          type="date"
          value={filters.from ?? ''}
          max={filters.to}
          onChange={({ target }) => setFilters({ from: target.value })}
        />
      </Field>
      <Field label="To" optional="unsaid">
        <TextInput
          type="date"
          value={filters.to ?? ''}
          min={filters.from}
          onChange={({ target }) => setFilters({ to: target.value })}
        />
      </Field>
      <ActorFilter actorId={filters.actorId} onChange={(actorId) => setFilters({ actorId })} />
    </Filters>
  );
}

function ActorFilter({
  actorId,
  onChange,
}: {
  actorId: string | undefined;
  onChange: (actorId: string) => void;
}) {
  const [open, setOpen] = useState(false);
  if (actorId !== undefined) return <Actor actorId={actorId} onClear={() => onChange('')} />;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Choose who did it</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Who did it?">
        <PersonPicker
          label="Person"
          value={undefined}
          onChange={({ id }) => {
            setOpen(false);
            onChange(id);
          }}
        />
      </Dialog>
    </>
  );
}

function Actor({ actorId, onClear }: { actorId: string; onClear: () => void }) {
  const { data } = useRead(getUser, { params: { personId: actorId } });
  const name = data?.displayName ?? 'one person';
  return (
    <Button onClick={onClear} aria-label={`By ${name}: show everybody again`}>
      By {name} <span aria-hidden="true">×</span>
    </Button>
  );
}
