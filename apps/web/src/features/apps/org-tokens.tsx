import { createOwnToken } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { App } from './app-kinds.ts';

/** Gets tokens of a service app in an organisation for its secret; they are shown once. */
export function OrgTokens({ app, orgId, organization }: { app: App; orgId: string; organization: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        Get tokens
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        wide
        title={`Tokens in ${organization}`}
        description="Your program can ask for them itself; this is for trying it out."
      >
        {isOpen && <TokenForm app={app} orgId={orgId} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function TokenForm({ app, orgId, onDone }: { app: App; orgId: string; onDone: () => void }) {
  const [clientSecret, setSecret] = useState('');
  const [tokens, setTokens] = useState<ReplyOf<typeof createOwnToken>>();
  const get = useAction(createOwnToken);
  if (tokens)
    return (
      <Stack>
        <p>Copy them now: they are shown only this once.</p>
        <CopyField label="access token" value={tokens.access_token} />
        <CopyField label="refresh token" value={tokens.refresh_token} />
        <div>
          <Button onClick={onDone}>I have stored them</Button>
        </div>
      </Stack>
    );
  const submit = async () => {
    setTokens(await get.mutateAsync({ params: { id: app.id, orgId }, body: { clientSecret } }));
  };
  return (
    <Form submitLabel="Get tokens" onSubmit={submit} others={<Button onClick={onDone}>Cancel</Button>}>
      <Field label="Client secret" hint="Of this app, as it was shown when it was made.">
        <TextInput
          autoComplete="off"
          value={clientSecret}
          onChange={(event) => setSecret(event.target.value)}
        />
      </Field>
    </Form>
  );
}
