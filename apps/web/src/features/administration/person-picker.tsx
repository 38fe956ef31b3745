import './administration.css';
import { getUser, listUsers } from '@moothall/platform/contracts';
import { useId, useState } from 'react';
import { useRead } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useSettled } from './use-settled.ts';

const shownMax = 8;
const chosenShownMax = 25;

function useFoundPeople(text: string) {
  const q = useSettled(text.trim());
  return useRead(listUsers, { query: { status: 'active', max: shownMax, ...(q && { q }) } });
}

function SearchInput({
  label,
  text,
  onText,
}: {
  label: string;
  text: string;
  onText: (text: string) => void;
}) {
  return (
    <Field label={label} hint="The beginning of a name or e-mail address; active people only.">
      <TextInput
        type="search"
        autoComplete="off"
        maxLength={254}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </Field>
  );
}

const nobody = <p className="field-hint">Nobody active is called that.</p>;

/** Chooses one active person of the organisation. */
export function PersonPicker({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (person: { id: string; displayName: string }) => void;
}) {
  const [text, setText] = useState('');
  const found = useFoundPeople(text);
  return (
    <Stack>
      <SearchInput label={label} text={text} onText={setText} />
      <div className="administration-found">
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              nobody
            ) : (
              <RadioGroup
                legend="People found"
                value={value}
                onChange={(id) => onChange(items.find((person) => person.id === id)!)}
                options={items.map(({ id, displayName, email }) => ({
                  value: id,
                  label: displayName,
                  hint: email,
                }))}
              />
            )
          }
        </Loaded>
      </div>
    </Stack>
  );
}

/** Chooses any number of active people of the organisation. */
export function PeoplePicker({
  label,
  value,
  onChange,
}: {
  label: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const [text, setText] = useState('');
  const found = useFoundPeople(text);
  const legendId = useId();
  const without = (id: string) => value.filter((one) => one !== id);
  return (
    <Stack>
      <ChosenPeople ids={value} onRemove={(id) => onChange(without(id))} />
      <SearchInput label={label} text={text} onText={setText} />
      <fieldset className="administration-found" aria-labelledby={legendId}>
        <span className="field-label" id={legendId}>
          People found
        </span>
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0
              ? nobody
              : items.map(({ id, displayName, email }) => (
                  <Checkbox
                    key={id}
                    label={displayName}
                    hint={email}
                    checked={value.includes(id)}
                    onChange={({ target }) => onChange(target.checked ? [...value, id] : without(id))}
                  />
                ))
          }
        </Loaded>
      </fieldset>
    </Stack>
  );
}

function ChosenPeople({ ids, onRemove }: { ids: readonly string[]; onRemove: (id: string) => void }) {
  if (ids.length === 0) return <p className="field-hint">Nobody is chosen yet.</p>;
  return (
    <>
      <ul className="administration-chosen" aria-label="Chosen people">
        {ids.slice(0, chosenShownMax).map((id) => (
          <ChosenPerson key={id} id={id} onRemove={() => onRemove(id)} />
        ))}
      </ul>
      {ids.length > chosenShownMax && <p>And {ids.length - chosenShownMax} more.</p>}
    </>
  );
}

function ChosenPerson({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data } = useRead(getUser, { params: { personId: id } });
  const name = data?.displayName ?? '…';
  return (
    <li>
      <Button small onClick={onRemove} aria-label={`Take ${name} out`}>
        {name} <span aria-hidden="true">×</span>
      </Button>
    </li>
  );
}
