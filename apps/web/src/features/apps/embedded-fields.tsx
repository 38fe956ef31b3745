import { limitLedger } from '@moothall/core';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { Context } from './app-draft.ts';
import type { FieldsProps } from './fields-props.ts';
import { TextList } from './text-list.tsx';

const contexts: readonly { value: Context; label: string; hint: string }[] = [
  { value: 'meeting', label: 'Meetings', hint: 'Beside the people while a meeting runs.' },
  { value: 'space', label: 'Messaging', hint: 'As a tab of a space.' },
  { value: 'sidebar', label: 'Sidebar', hint: 'Beside the list of spaces, for one person.' },
];

/** Where an embedded app is shown, and what it shows there. */
export function EmbeddedFields(fields: FieldsProps) {
  const { draft, faults, onEdit } = fields;
  return (
    <>
      <Contexts {...fields} />
      <TextField
        {...fields}
        name="startUrl"
        label="Start page"
        hint="The page that is shown first; an address that begins with https://."
      />
      <TextList
        name="validDomains"
        label="Valid domains"
        one="Domain"
        hint="Every host that the app loads pages from, such as notes.example.com or *.example.com."
        placeholder="notes.example.com"
        values={draft.validDomains}
        faults={faults}
        onChange={(validDomains) => onEdit({ validDomains })}
      />
      <RadioGroup
        legend="Layout when it is opened for everybody"
        value={draft.layout}
        options={[
          { value: 'side_panel', label: 'In the side panel' },
          { value: 'main_view', label: 'In the middle, in place of the pictures' },
        ]}
        onChange={(layout) => onEdit({ layout })}
      />
      <details className="app-more">
        <summary>More: other start pages, summary, tagline</summary>
        <Stack>
          <TextField
            {...fields}
            optional
            name="meetingStartUrl"
            label="Start page in meetings"
            hint="Where it differs."
          />
          <TextField
            {...fields}
            optional
            name="spaceStartUrl"
            label="Start page in spaces"
            hint="Where it differs."
          />
          <TextField
            {...fields}
            optional
            name="sidebarStartUrl"
            label="Start page in the sidebar"
            hint="Where it differs."
          />
          <Checkbox
            label="Keep it running in the sidebar"
            hint="It goes on while another page is shown."
            checked={draft.sidebarAlwaysOn}
            onChange={(event) => onEdit({ sidebarAlwaysOn: event.target.checked })}
          />
          <TextField
            {...fields}
            optional
            name="tagline"
            label="Tagline"
            hint={`Up to ${limitLedger['app.tagline'].value} characters below the name.`}
            maxLength={limitLedger['app.tagline'].value}
          />
          <TextField
            {...fields}
            optional
            name="summary"
            label="Summary"
            hint={`Up to ${limitLedger['app.summary'].value} characters for lists of apps.`}
            maxLength={limitLedger['app.summary'].value}
          />
        </Stack>
      </details>
    </>
  );
}

function Contexts({ draft, faults, onEdit }: FieldsProps) {
  const fault = faults.contexts;
  return (
    <fieldset data-invalid={fault !== undefined}>
      <legend className="field-label">Where does your app work?</legend>
      <div className="choices">
        {contexts.map(({ value, label, hint }) => (
          <Checkbox
            key={value}
            label={label}
            hint={hint}
            checked={draft.contexts.includes(value)}
            onChange={(event) => {
              const others = draft.contexts.filter((one) => one !== value);
              onEdit({ contexts: event.target.checked ? [...others, value] : others });
            }}
          />
        ))}
      </div>
      {fault !== undefined && (
        <div className="field-error">
          <span aria-hidden="true">!</span> {fault}
        </div>
      )}
    </fieldset>
  );
}

type TextName = 'startUrl' | 'meetingStartUrl' | 'spaceStartUrl' | 'sidebarStartUrl' | 'tagline' | 'summary';

function TextField({
  draft,
  faults,
  onEdit,
  name,
  label,
  hint,
  optional = false,
  maxLength = limitLedger['app.url'].value,
}: FieldsProps & { name: TextName; label: string; hint: string; optional?: boolean; maxLength?: number }) {
  return (
    <Field label={label} hint={hint} optional={optional} error={faults[name]}>
      <TextInput
        autoComplete="off"
        maxLength={maxLength}
        value={draft[name]}
        onChange={(event) => onEdit({ [name]: event.target.value })}
      />
    </Field>
  );
}
