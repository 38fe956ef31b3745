import { PageError } from '../../data/page-error.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { EmptyState, ErrorState, ForbiddenState, Loading, Progress } from '../../ui/states.tsx';

const failure = new PageError({
  status: 503,
  message: 'The service is busy.',
  descriptions: ['Try again later.'],
  trackingId: 'ROUTER_0193A4C2-0000-7000-8000-00000000AC3E',
  retryAfterSeconds: 5,
});

/** What a page shows instead of its content. */
export function KitStates() {
  return (
    <Stack>
      <Notice title="A notice">Something to know before going on.</Notice>
      <Notice tone="info" title="For your information">
        Your organisation has a new licence.
      </Notice>
      <Notice tone="success" title="Done" />
      <Notice tone="warning" title="Two scopes are new">
        People who allowed the app before must allow it again.
      </Notice>
      <ErrorState error={failure} onRetry={() => {}} />
      <EmptyState title="No apps yet" action={<LinkButton to="/">Overview</LinkButton>}>
        An app acts in spaces, by itself or for people who allow it.
      </EmptyState>
      <ForbiddenState needs="the role of a full administrator" />
      <Progress label="Importing people" value={40} />
      <Loading shape="table" rows={3} />
    </Stack>
  );
}
