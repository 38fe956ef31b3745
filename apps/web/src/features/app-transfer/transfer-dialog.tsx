import { listTransferableApps, transferApp } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { SecretOnce } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { PersonPicker } from '../administration/person-picker.tsx';
import type { TransferableApp } from './transferable-app.ts';

type Secret = NonNullable<ReplyOf<typeof transferApp>['secret']>;

const secretWords: Readonly<Record<Secret['kind'], string>> = {
  bot_token: 'bot token',
  client_secret: 'client secret',
  issuer_secret: 'shared secret',
};

/**
 * Gives an app to somebody else, and shows a new secret the one time that it is known. It stands beside the list
 * and not in it: the app may be none of those listed any more afterwards.
 */
export function TransferDialog({ app, onClose }: { app: TransferableApp | undefined; onClose: () => void }) {
  const [secret, setSecret] = useState<Secret>();
  const close = () => {
    setSecret(undefined);
    onClose();
  };
  return (
    <Dialog
      open={app !== undefined}
      // A secret is not lost by a click beside it.
      onOpenChange={(next) => (next || secret !== undefined ? undefined : close())}
      wide
      title={secret ? `${app?.name} was transferred` : `Transfer ${app?.name}`}
      description={
        secret
          ? 'Hand the new secret to the new owner. The old one does not work any more.'
          : 'The new owner answers for the app from then on and can change it; the old one cannot any more. Both are told by mail.'
      }
    >
      {secret && <SecretOnce label={secretWords[secret.kind]} value={secret.value} onDone={close} />}
      {app && !secret && <TransferForm app={app} onDone={close} onSecret={setSecret} />}
    </Dialog>
  );
}

function TransferForm({
  app,
  onDone,
  onSecret,
}: {
  app: TransferableApp;
  onDone: () => void;
  onSecret: (secret: Secret) => void;
}) {
  const [to, setTo] = useState<{ id: string; displayName: string }>();
  const [rotate, setRotate] = useState<'keep' | 'rotate'>('keep');
  const [missing, setMissing] = useState(false);
  const transfer = useAction(transferApp, [listTransferableApps]);
  const say = useToast();
  const submit = async () => {
    setMissing(to === undefined);
    if (to === undefined) return;
    const { secret } = await transfer.mutateAsync({
      params: { id: app.id },
      body: { toPersonId: to.id, rotate: rotate === 'rotate' },
    });
    say(`${app.name} belongs to ${to.displayName} now`);
    if (secret) onSecret(secret);
    else onDone();
  };
  return (
    <Form submitLabel="Transfer" onSubmit={submit} others={<Button onClick={onDone}>Cancel</Button>}>
      <PersonPicker label="New owner" value={to?.id} onChange={setTo} />
      {missing && to === undefined && <Notice tone="danger" live title="Choose the new owner." />}
      {app.type !== 'embedded' && (
        <RadioGroup
          legend={app.type === 'bot' ? 'Token of the bot' : 'Secret of the app'}
          value={rotate}
          onChange={setRotate}
          options={[
            { value: 'keep', label: 'Keep it', hint: 'The app goes on working without a change.' },
            {
              value: 'rotate',
              label: 'Make a new one now',
              hint: 'The old owner may know the old one; it stops working at once, until the app is given the new one.',
            },
          ]}
        />
      )}
    </Form>
  );
}
