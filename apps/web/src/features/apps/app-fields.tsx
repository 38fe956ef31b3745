import './app-fields.css';
import { limitLedger } from '@moothall/core';
import { Field } from '../../ui/field.tsx';
import { TextArea, TextInput } from '../../ui/input.tsx';
import { AppIcon, type DrawnIcon, drawnIcons } from './app-icon.tsx';
import type { AppKind } from './app-kinds.ts';
import { BotUsername } from './bot-username.tsx';
import { EmbeddedFields } from './embedded-fields.tsx';
import type { FieldsProps } from './fields-props.ts';
import { IntegrationFields } from './integration-fields.tsx';
import { type Scope, ScopePicker } from './scope-picker.tsx';

/** The fields of an app of a kind. */
export function AppFields({
  kind,
  isNew,
  scopes,
  ...fields
}: FieldsProps & { kind: AppKind; isNew: boolean; scopes: readonly Scope[] }) {
  const { draft, faults, onEdit } = fields;
  return (
    <>
      <Field
        label="Name"
        hint={
          kind === 'bot' ? 'Shown in spaces beside what the bot writes.' : 'Shown to people who use the app.'
        }
        error={faults.name}
      >
        <TextInput
          autoComplete="off"
          maxLength={limitLedger['app.name'].value}
          value={draft.name}
          onChange={(event) => onEdit({ name: event.target.value })}
        />
      </Field>
      {kind === 'bot' && isNew && <BotUsername {...fields} />}
      <IconField {...fields} />
      <Field
        label="Description"
        optional
        hint={`What the app is for, in up to ${limitLedger['app.description'].value} characters. Links and lists in Markdown.`}
        error={faults.description}
      >
        <TextArea
          maxLength={limitLedger['app.description'].value}
          value={draft.description}
          onChange={(event) => onEdit({ description: event.target.value })}
        />
      </Field>
      {kind === 'integration' && <IntegrationFields {...fields} />}
      {kind === 'service_app' && <ContactField {...fields} />}
      {(kind === 'integration' || kind === 'service_app') && (
        <ScopePicker
          scopes={scopes}
          chosen={draft.scopes}
          fault={faults.scopes}
          onChange={(chosen) => onEdit({ scopes: chosen })}
        />
      )}
      {kind === 'embedded' && <EmbeddedFields {...fields} />}
    </>
  );
}

function ContactField({ draft, faults, onEdit }: FieldsProps) {
  return (
    <Field
      label="Contact e-mail address"
      hint="Whom administrators can ask before they authorise the app."
      error={faults.contactEmail}
    >
      <TextInput
        type="email"
        autoComplete="email"
        value={draft.contactEmail}
        onChange={(event) => onEdit({ contactEmail: event.target.value })}
      />
    </Field>
  );
}

function IconField({ draft, onEdit }: FieldsProps) {
  return (
    <fieldset className="icon-field">
      <legend className="field-label">Icon</legend>
      <div className="icon-field-choices">
        {drawnIcons.map(({ name, label }) => (
          <label key={name} className="icon-field-choice">
            <input
              type="radio"
              name="icon"
              aria-label={label}
              checked={draft.iconName === name}
              onChange={() => onEdit({ iconName: name satisfies DrawnIcon })}
            />
            <AppIcon app={{ name: draft.name, iconName: name }} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
