import { useSearchState } from '../../app/use-search-state.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { DeliveriesTab } from './deliveries-tab.tsx';
import { EventsTab } from './events-tab.tsx';
import { FaultsTab } from './faults-tab.tsx';
import { RequestsTab } from './requests-tab.tsx';

/** What happens in this lab, as it happens, with its clock and its faults. */
export default function Inspector() {
  const [{ tab = 'requests', paused }, change] = useSearchState(['tab', 'paused']);
  const isPaused = paused !== undefined;
  const tabs = [
    { value: 'requests', label: 'Requests', content: <RequestsTab paused={isPaused} /> },
    { value: 'webhooks', label: 'Webhooks', content: <DeliveriesTab paused={isPaused} /> },
    { value: 'events', label: 'Events', content: <EventsTab paused={isPaused} /> },
    { value: 'faults', label: 'Faults', content: <FaultsTab /> },
  ];
  return (
    <Page
      title="Inspector"
      lead="Every request, delivery and event of this lab as it happens. Tokens, passwords and codes are masked."
      actions={
        <>
          <Button aria-pressed={isPaused} onClick={() => change({ paused: isPaused ? undefined : '1' })}>
            {isPaused ? 'Go on' : 'Pause'}
          </Button>
          <LinkButton href="/lab/page/logs.har" download="moothall.har">
            Export HAR
          </LinkButton>
        </>
      }
    >
      <Stack gap="loose">
        <ClockPanel />
        <Tabs
          label="What to watch"
          tabs={tabs}
          value={tabs.some(({ value }) => value === tab) ? tab : 'requests'}
          onChange={(next) => change({ tab: next, show: undefined } as never)}
        />
      </Stack>
    </Page>
  );
}
