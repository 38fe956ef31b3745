import { Checkbox } from '../../ui/choice.tsx';
import type { FieldsProps } from './fields-props.ts';
import { TextList } from './text-list.tsx';

/** Where an integration takes people back to, and what it runs on. */
export function IntegrationFields({ draft, faults, onEdit }: FieldsProps) {
  return (
    <>
      <TextList
        name="redirectUris"
        label="Redirect URIs"
        one="Redirect URI"
        hint="Where people come back to after they have allowed the app, each exactly as your program names it. To try it out without a server take http://localhost:8080/callback."
        placeholder="https://app.example.com/callback"
        values={draft.redirectUris}
        faults={faults}
        onChange={(redirectUris) => onEdit({ redirectUris })}
      />
      <Checkbox
        label="It uses a mobile SDK"
        hint="Tick it when the program runs on phones."
        checked={draft.usesMobileSdk}
        onChange={(event) => onEdit({ usesMobileSdk: event.target.checked })}
      />
    </>
  );
}
