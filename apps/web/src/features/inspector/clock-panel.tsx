import { labPages } from '@moothall/lab/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useClient, useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Card } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ClockDialog } from './clock-dialog.tsx';

/** The world's clock as the lab tells it. */
export type LabClock = ReplyOf<typeof labPages.getClock>;

const steps = [
  { by: '1h', label: '+1 hour' },
  { by: '1d', label: '+1 day' },
  { by: '14d', label: '+14 days' },
];
const READ_EVERY_MS = 5000;
const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Shows the world's clock, stops it, lets it run and moves it forward. */
export function ClockPanel() {
  const clock = useRead(labPages.getClock, {}, { refetchIntervalMs: READ_EVERY_MS });
  const [{ busy, error }, turn] = useTurn();
  const [isOpen, setOpen] = useState(false);
  const failure = error ?? clock.error ?? undefined;
  // Drawn before the clock is known, so that nothing below it moves.
  return (
    <Card>
      <div className="inspector-clock">
        <Now clock={clock.data} />
        <Buttons clock={clock.data} busy={busy} turn={turn} onOther={() => setOpen(true)} />
      </div>
      {failure !== undefined && <ErrorNotice error={failure} />}
      {clock.data && <ClockDialog now={clock.data.now} open={isOpen} onOpenChange={setOpen} />}
    </Card>
  );
}

function Now({ clock }: { clock: LabClock | undefined }) {
  if (!clock) return <span className="inspector-now">Reading the clock</span>;
  const { now, frozen } = clock;
  return (
    <span className="inspector-now">
      <time dateTime={now} title={now}>
        {format.format(new Date(now))}
      </time>{' '}
      <Badge tone={frozen ? 'warning' : 'success'}>{frozen ? 'frozen' : 'running'}</Badge>
    </span>
  );
}

type Turn = (action: () => Promise<LabClock>) => void;

function Buttons({
  clock,
  busy,
  turn,
  onOther,
}: {
  clock: LabClock | undefined;
  busy: boolean;
  turn: Turn;
  onOther: () => void;
}) {
  const client = useClient();
  const isFrozen = clock?.frozen ?? false;
  const swing = isFrozen ? labPages.resumeClock : labPages.freezeClock;
  return (
    <div className="inspector-turns">
      <Button
        small
        className="inspector-swing"
        busy={busy}
        onClick={() => turn(() => client.call(swing, {}))}
      >
        {isFrozen ? 'Resume' : 'Freeze'}
      </Button>
      {steps.map(({ by, label }) => (
        <Button
          key={by}
          small
          busy={busy}
          onClick={() => turn(() => client.call(labPages.advanceClock, { body: { by } }))}
        >
          {label}
        </Button>
      ))}
      <Button small busy={busy} onClick={onOther}>
        Other…
      </Button>
    </div>
  );
}

/** Does something to the clock, one thing at a time, and shows where it stands then; all else is read again. */
function useTurn() {
  const queries = useQueryClient();
  const say = useToast();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const turn = async (action: () => Promise<LabClock>) => {
    setState({ busy: true });
    try {
      const clock = await action();
      queries.setQueryData([labPages.getClock.id, {}], clock);
      say(`The clock stands at ${format.format(new Date(clock.now))}`);
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return [state, (action: () => Promise<LabClock>) => void turn(action)] as const;
}
