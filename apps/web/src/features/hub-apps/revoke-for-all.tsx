import { listIntegrations, revokeIntegration } from '@moothall/platform/contracts';
import { useAction } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Integration } from './integration.ts';

/** Takes back what everybody allowed an integration; nothing where nobody did. */
export function RevokeForAll({ integration: { clientId, name, people } }: { integration: Integration }) {
  const revoke = useAction(revokeIntegration, [listIntegrations]);
  const say = useToast();
  if (people === 0) return null;
  return (
    <ConfirmButton
      small
      title={`Revoke ${name} for everybody?`}
      description={`${people === 1 ? 'One person has' : `${people} people have`} allowed it something. All its tokens of your organisation stop working at once; it can ask people again unless you block it.`}
      confirmLabel="Revoke for everybody"
      onConfirm={async () => {
        await revoke.mutateAsync({ params: { clientId } });
        say(`${name} has no access any more`);
      }}
    >
      Revoke for all
    </ConfirmButton>
  );
}
