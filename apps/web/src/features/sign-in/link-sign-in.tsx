import { redeemSignInLink } from '@moothall/platform/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useClient } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Progress } from '../../ui/states.tsx';

/** Signs in with a link, then goes on; whoever has no password yet is asked to choose one. */
export function LinkSignIn({ link, next }: { link: string; next: string }) {
  const client = useClient();
  const redeemed = useQuery({
    queryKey: [redeemSignInLink.id, link],
    queryFn: () => client.ask(redeemSignInLink, { body: { token: link } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const session = redeemed.data;
  useEffect(() => {
    if (!session) return;
    client.forgetSession();
    // Replaced, so that the way back does not lead to a link that works no more.
    window.location.replace(
      session.mode === 'lab' || session.hasPassword ? next : '/account/password?first=1',
    );
  }, [client, session, next]);
  if (redeemed.error)
    return (
      <Stack>
        <ErrorNotice error={redeemed.error} />
        <LinkButton href="/account/sign-in">Sign in with a password</LinkButton>
      </Stack>
    );
  return <Progress label="Signing you in" />;
}
