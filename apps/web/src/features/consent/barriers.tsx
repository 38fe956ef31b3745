import { type authorizationRequestBody, requestIntegration } from '@moothall/platform/contracts';
import type { z } from 'zod';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';

type Request = z.infer<typeof authorizationRequestBody>;

/** Why the person cannot agree, and who can help. */
export function Barriers({
  request: { barrier, client, lackingRoles },
}: {
  request: Pick<Request, 'barrier' | 'client' | 'lackingRoles'>;
}) {
  return (
    <>
      {barrier === 'gov' && (
        <Notice tone="warning" title="Your organisation does not use integrations">
          <p>Integrations are not available in government organisations.</p>
        </Notice>
      )}
      {barrier === 'blocked' && <Blocked clientId={client.clientId} />}
      {lackingRoles.length > 0 && (
        <Notice tone="warning" title="You cannot allow all of this">
          <ul>
            {lackingRoles.map(({ scope, roles }) => (
              <li key={scope}>
                <code>{scope}</code> takes a role that you do not have:{' '}
                {roles.map((role) => role.replaceAll('_', ' ')).join(' or ')}.
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** Administrators see who asked, and may allow it. */
function Blocked({ clientId }: { clientId: string }) {
  const ask = useAction(requestIntegration);
  return (
    <Notice
      tone="warning"
      title="Your administrator denied access to this integration"
      action={
        ask.isSuccess ? undefined : (
          <Button busy={ask.isPending} onClick={() => ask.mutate({ body: { clientId } })}>
            Ask for access
          </Button>
        )
      }
    >
      <p role="status">
        {ask.isSuccess
          ? 'Your administrators were told that you want it. Try again when they have allowed it.'
          : 'You can ask for it; your administrators see who wants it.'}
      </p>
      {ask.error && <ErrorNotice error={ask.error} />}
    </Notice>
  );
}
