import { changePolicy, listIntegrations, listRequests } from '@moothall/platform/contracts';
import { useState } from 'react';
import { useAction, useClient } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { PeoplePicker } from '../administration/person-picker.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { useDraft } from '../administration/use-draft.ts';
import { findIntegration } from './find-integration.ts';
import type { Integration } from './integration.ts';

type Props = { integration: Integration; standard: 'allow' | 'block' };

/** Opens the choice of who may use an integration. */
export function ChangeAccess(props: Props) {
  const [open, setOpen] = useState(false);
  const { name } = props.integration;
  return (
    <>
      <Button small onClick={() => setOpen(true)} aria-label={`Change access to ${name}`}>
        Change access
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        wide
        title={`Who may use ${name}?`}
        description="This holds from the next authorisation on. Tokens that exist go on until they end or you revoke them."
      >
        <AccessForm {...props} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function AccessForm({ integration, standard, onDone }: Props & { onDone: () => void }) {
  const { clientId, name } = integration;
  const client = useClient();
  const change = useAction(changePolicy, [listIntegrations, listRequests]);
  const say = useToast();
  const [isEmpty, setEmpty] = useState(false);
  const draft = useDraft(
    integration.policy,
    ({ mode, personIds }) => ({ mode, personIds }),
    async () => (await findIntegration(client, integration)).policy,
  );
  const { mode, personIds } = draft.values;
  const submit = async () => {
    const nobody = mode === 'selected' && personIds.length === 0;
    setEmpty(nobody);
    if (nobody) return;
    const saved = await draft.save(({ version }) =>
      change.mutateAsync({ params: { clientId }, body: { mode, personIds, version } }),
    );
    if (!saved) return;
    say(`Access to ${name} was saved`);
    onDone();
  };
  return (
    <Form submitLabel="Save access" onSubmit={submit} others={<Button onClick={onDone}>Cancel</Button>}>
      <RadioGroup
        legend="Access"
        value={mode}
        onChange={(next) => draft.edit({ mode: next })}
        options={[
          { value: 'default', label: `As by default: ${standard === 'allow' ? 'allowed' : 'blocked'}` },
          { value: 'allowed', label: 'Allowed for everybody' },
          { value: 'selected', label: 'Allowed for some people' },
          { value: 'blocked', label: 'Blocked for everybody', hint: 'People can ask you for it.' },
        ]}
      />
      {mode === 'selected' && (
        <PeoplePicker
          label="Find people"
          value={personIds}
          onChange={(ids) => draft.edit({ personIds: ids })}
        />
      )}
      {isEmpty && mode === 'selected' && personIds.length === 0 && (
        <Notice tone="danger" live title="Choose at least one person, or block it for everybody." />
      )}
      <StaleNotice draft={draft} />
    </Form>
  );
}
