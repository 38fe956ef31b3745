import { labPages } from '@moothall/lab/contracts';
import { useState } from 'react';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';

/** Moves the clock by any span or to any later time. */
export function ClockDialog({
  now,
  open,
  onOpenChange,
}: {
  now: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Move the clock"
      description="It moves forward only. What falls due on the way happens: tokens end, deliveries are tried again."
      actions={<Button onClick={() => onOpenChange(false)}>Close</Button>}
    >
      <Stack gap="loose">
        <Advance onDone={() => onOpenChange(false)} />
        <SetTime now={now} onDone={() => onOpenChange(false)} />
      </Stack>
    </Dialog>
  );
}

function Advance({ onDone }: { onDone: () => void }) {
  const advance = useAction(labPages.advanceClock, [labPages.getClock]);
  const [by, setBy] = useState('');
  const submit = async () => {
    await advance.mutateAsync({ body: { by: by.trim() } });
    onDone();
  };
  return (
    <Form submitLabel="Advance" onSubmit={submit}>
      <Field label="By" hint="Such as 90s, 1h30m or 14d.">
        <TextInput value={by} onChange={(event) => setBy(event.target.value)} />
      </Field>
    </Form>
  );
}

function SetTime({ now, onDone }: { now: string; onDone: () => void }) {
  const set = useAction(labPages.setClock, [labPages.getClock]);
  const [to, setTo] = useState(now);
  const submit = async () => {
    await set.mutateAsync({ body: { to: to.trim() } });
    onDone();
  };
  return (
    <Form submitLabel="Set" onSubmit={submit}>
      <Field label="To" hint="A later time in UTC, such as 2027-01-31T09:00:00.000Z.">
        <TextInput spellCheck={false} value={to} onChange={(event) => setTo(event.target.value)} />
      </Field>
    </Form>
  );
}
