import { changeApp, getApp, listApps, listScopes } from '@moothall/platform/contracts';
import { useAction, useClient } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { useDraft } from '../administration/use-draft.ts';
import { type AppDraft, changeOf, draftOf, fieldsOfKind } from './app-draft.ts';
import { AppFields } from './app-fields.tsx';
import type { App } from './app-kinds.ts';
import { faultOfRefusal, faultsOf, useFaults } from './faults.ts';
import type { Scope } from './scope-picker.tsx';

/** Changes an app; a change that somebody else made meanwhile is not overwritten. */
export function EditApp({ app, scopes }: { app: App; scopes: readonly Scope[] }) {
  const client = useClient();
  const change = useAction(changeApp, [getApp, listApps, listScopes]);
  const say = useToast();
  const { faults, show, place } = useFaults();
  const draft = useDraft<App, AppDraft>(app, draftOf, () => client.call(getApp, { params: { id: app.id } }));
  const submit = async () => {
    const sent = changeOf(app, draft.edits);
    const found = faultsOf(changeApp.body, sent);
    show(found);
    if (Object.keys(found).length > 0) return;
    try {
      const isSaved = await draft.save((base, edits) =>
        change.mutateAsync({ params: { id: app.id }, body: changeOf(base, edits) }),
      );
      if (isSaved) say('The app was saved');
    } catch (error) {
      const refused = faultOfRefusal(error, fieldsOfKind[app.type]);
      if (!refused) throw error;
      show(refused);
    }
  };
  return (
    <Section title="Settings" lead="What you change holds from the moment you save.">
      <Stack>
        <Form
          submitLabel="Save changes"
          onSubmit={submit}
          others={draft.isTouched && <Button onClick={draft.discard}>Discard changes</Button>}
        >
          <div ref={place} className="app-form">
            <AppFields
              kind={app.type}
              isNew={false}
              scopes={scopes}
              draft={draft.values}
              faults={faults}
              onEdit={draft.edit}
            />
          </div>
          <ScopeChange app={app} scopes={draft.edits.scopes} />
          <TheirsNotice theirs={draft.theirs} />
          <StaleNotice draft={draft} />
        </Form>
      </Stack>
    </Section>
  );
}

/** What another choice of scopes means for those who have agreed to the one before (F58 to F60). */
function ScopeChange({ app, scopes }: { app: App; scopes: readonly string[] | undefined }) {
  const before = app.integration?.scopes ?? app.serviceApp?.scopes ?? [];
  if (scopes === undefined) return null;
  const added = scopes.filter((scope) => !before.includes(scope));
  const removed = before.filter((scope) => !scopes.includes(scope));
  if (added.length + removed.length === 0) return null;
  const whoAgrees = app.serviceApp ? 'administrators authorise the app again' : 'each person consents again';
  return (
    <Notice tone="info" live title="What this means for those who have allowed the app">
      {added.length > 0 && (
        <p>
          Added: {added.join(', ')}. Tokens that exist do not get it, and refreshing does not bring it: it
          comes when {whoAgrees}.
        </p>
      )}
      {removed.length > 0 && (
        <p>Removed: {removed.join(', ')}. Nobody is asked; the next refreshed token has it no more.</p>
      )}
    </Notice>
  );
}

const fieldNames: Partial<Record<keyof AppDraft, string>> = {
  iconName: 'icon',
  redirectUris: 'redirect URIs',
  usesMobileSdk: 'mobile SDK',
  contactEmail: 'contact',
  validDomains: 'valid domains',
  startUrl: 'start page',
};

/** After a reload: what the other one had put where this form has something else. */
function TheirsNotice({ theirs }: { theirs: Partial<AppDraft> }) {
  const entries = Object.entries(theirs) as [keyof AppDraft, AppDraft[keyof AppDraft]][];
  if (entries.length === 0) return null;
  return (
    <Notice tone="warning" live title="You both changed the same">
      <ul>
        {entries.map(([field, value]) => (
          <li key={field}>
            {fieldNames[field] ?? field}: it is now "{[value].flat().join(', ')}"; your text would replace it.
          </li>
        ))}
      </ul>
    </Notice>
  );
}
