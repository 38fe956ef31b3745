import { createApp, listApps } from '@moothall/platform/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAction } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { type AppDraft, compacted, emptyDraft, fieldsOfKind, newAppOf } from './app-draft.ts';
import { AppFields } from './app-fields.tsx';
import { type AppKind, appKinds } from './app-kinds.ts';
import { faultOfRefusal, faultsOf, useFaults } from './faults.ts';
import { keepFresh } from './fresh-secrets.ts';
import type { Scope } from './scope-picker.tsx';

/** Of two forms with the same id one makes the app: a request that is repeated makes no second one. */
function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Makes an app, then leads to its page, which shows the secret. */
export function NewAppForm({ kind, scopes }: { kind: AppKind; scopes: readonly Scope[] }) {
  const [draft, setDraft] = useState<AppDraft>(emptyDraft);
  const [requestId] = useState(newRequestId);
  const { faults, show, place } = useFaults();
  const create = useAction(createApp, [listApps]);
  const navigate = useNavigate();
  const submit = async () => {
    const form = newAppOf(kind, draft, requestId);
    setDraft(compacted(draft));
    const found = { ...faultsOf(createApp.body, form), ...missing(kind, draft) };
    show(found);
    if (Object.keys(found).length > 0) return;
    try {
      const { app, secret } = await create.mutateAsync({ body: form });
      keepFresh(app.id, { isNew: true, ...(secret && { secret }) });
      await navigate({ to: `/apps/${app.id}`, replace: true });
    } catch (error) {
      const refused = faultOfRefusal(error, fieldsOfKind[kind]);
      if (!refused) throw error;
      show(refused);
    }
  };
  return (
    <Form
      submitLabel={`Create ${appKinds[kind].one}`}
      onSubmit={submit}
      others={<LinkButton to="/apps">Cancel</LinkButton>}
    >
      <div ref={place} className="app-form">
        <AppFields
          kind={kind}
          isNew
          scopes={scopes}
          draft={draft}
          faults={faults}
          onEdit={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
      </div>
    </Form>
  );
}

/** What must be filled in, said in the words of the page. */
function missing(kind: AppKind, draft: AppDraft) {
  const isEmpty = (field: keyof AppDraft) =>
    fieldsOfKind[kind].includes(field) && String(draft[field]).trim() === '';
  return {
    ...(isEmpty('name') && { name: 'Give the app a name.' }),
    ...(isEmpty('username') && { username: 'Choose a username for the bot.' }),
    ...(isEmpty('contactEmail') && { contactEmail: 'Give an e-mail address.' }),
    ...(isEmpty('startUrl') && { startUrl: 'Give the address of the start page.' }),
  };
}
