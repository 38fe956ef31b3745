import { endOtherSessions, listOwnGrants, listOwnSessions } from '@moothall/platform/contracts';
import { useAction, usePages, useRead } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AllowedApps } from './allowed-apps.tsx';
import { SessionTable } from './session-table.tsx';

/** The sessions and tokens of one's account, with END SESSION beside each (F21). */
export default function OwnSessions() {
  const sessions = usePages(listOwnSessions, {});
  const grants = useRead(listOwnGrants, {});
  // Shown together: parts that come one after the other would push each other down.
  const isHere = sessions.data !== undefined && grants.data !== undefined;
  const first = sessions.data?.pages[0]?.reply;
  const overview = {
    isError: sessions.isError || grants.isError,
    error: sessions.error ?? grants.error,
    refetch: () => Promise.all([sessions.refetch(), grants.refetch()]),
    data:
      isHere && first
        ? {
            count: first.count,
            limit: first.limit,
            sessions: sessions.data.pages.flatMap(({ reply }) => reply.items),
            grants: grants.data.items,
          }
        : undefined,
  };
  return (
    <Page
      title="Devices and sessions"
      lead="Everything that is signed in as you. What you end stops working at once."
      actions={<EndOthers />}
    >
      <Loaded query={overview} shape="table">
        {(known) => (
          <Stack gap="loose">
            <TokenMeter {...known} />
            <Section title="Sessions">
              <SessionTable sessions={known.sessions} />
              {sessions.hasNextPage && (
                <p>
                  <Button busy={sessions.isFetchingNextPage} onClick={() => void sessions.fetchNextPage()}>
                    Show more
                  </Button>
                </p>
              )}
            </Section>
            <AllowedApps grants={known.grants} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function TokenMeter({ count, limit }: { count: number; limit: number }) {
  return (
    <Stack>
      <Meter
        label="Active tokens"
        value={count}
        max={limit}
        hint="Each app, site and tool that acts for you holds one. A place is free again when a token ends."
      />
      {count >= limit && (
        <Notice tone="warning" title="You are at the limit">
          <p>
            No app gets a new token and no site can be entered until some end. This page always stays open.
          </p>
        </Notice>
      )}
    </Stack>
  );
}

function EndOthers() {
  const end = useAction(endOtherSessions, [listOwnSessions, listOwnGrants]);
  const say = useToast();
  return (
    <ConfirmButton
      title="End all other sessions?"
      description="Every other browser is signed out, and every app and tool loses its access to your account. This browser stays signed in."
      confirmLabel="End all other sessions"
      buttonVariant="secondary"
      onConfirm={async () => {
        const { ended } = await end.mutateAsync({});
        say(ended === 1 ? 'One session was ended' : `${ended} sessions were ended`);
      }}
    >
      End all other sessions
    </ConfirmButton>
  );
}
