import {
  getPortalDelivery,
  listPortalDeliveries,
  redeliverPortalDelivery,
} from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts, Row, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { inLines } from '../try-it/send.ts';
import { SignatureCheck } from './signature-check.tsx';

type Delivery = ReplyOf<typeof getPortalDelivery>;

/** Beside the page: one delivery, with what was sent and what came back. */
export function DeliveryDrawer({
  webhookId,
  deliveryId,
  onChange,
}: {
  webhookId: string;
  deliveryId: string | undefined;
  onChange: (deliveryId: string | undefined) => void;
}) {
  return (
    <Dialog
      side
      open={deliveryId !== undefined}
      onOpenChange={(open) => !open && onChange(undefined)}
      title="Delivery"
      actions={<Button onClick={() => onChange(undefined)}>Close</Button>}
    >
      {deliveryId !== undefined && (
        <Shown webhookId={webhookId} deliveryId={deliveryId} onChange={onChange} />
      )}
    </Dialog>
  );
}

type ShownProps = { webhookId: string; deliveryId: string; onChange: (deliveryId: string) => void };

function Shown({ webhookId, deliveryId, onChange }: ShownProps) {
  const delivery = useRead(getPortalDelivery, { params: { id: webhookId, deliveryId } });
  const again = useAction(redeliverPortalDelivery, [listPortalDeliveries]);
  const say = useToast();
  const redeliver = async () => {
    const { id } = await again.mutateAsync({ params: { id: webhookId, deliveryId } });
    say('The same body is delivered once more');
    onChange(id);
  };
  return (
    <Loaded query={delivery}>
      {(known) => (
        <Stack gap="loose">
          <Outcome delivery={known} />
          {again.isError && <ErrorNotice error={again.error} />}
          <Row>
            <Button variant="primary" busy={again.isPending} onClick={() => void redeliver().catch(() => {})}>
              Deliver again
            </Button>
            {known.state === 'pending' && <Button onClick={() => void delivery.refetch()}>Read again</Button>}
          </Row>
          <Sent delivery={known} />
          <Answered delivery={known} />
          <Tries delivery={known} />
        </Stack>
      )}
    </Loaded>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const { state, reason, nextTry, trackingId, created, redeliveryOf } = delivery;
  return (
    <Stack>
      {state === 'dead' && (
        <Notice tone="danger" title="It was given up">
          {reason !== undefined && <p>{reason}</p>}
        </Notice>
      )}
      <Facts
        items={[
          { name: 'Caused', value: <Time at={created} /> },
          ...(nextTry === undefined ? [] : [{ name: 'Tried next', value: <Time at={nextTry} /> }]),
          { name: 'Tracking id', value: <code>{trackingId}</code> },
          ...(redeliveryOf === undefined ? [] : [{ name: 'Again of', value: <code>{redeliveryOf}</code> }]),
        ]}
      />
    </Stack>
  );
}

function Sent({ delivery: { request, signature } }: { delivery: Delivery }) {
  return (
    <Section title="Sent">
      <Facts items={[{ name: 'POST', value: <code>{request.url}</code> }, ...factsOf(request.headers)]} />
      <CodeBlock label="payload" text={inLines(request.body)} />
      <SignatureCheck signature={signature} />
    </Section>
  );
}

function Answered({ delivery: { response } }: { delivery: Delivery }) {
  if (!response) return <Section title="Answer">Nothing came back yet.</Section>;
  return (
    <Section title={`Answer: status ${response.status}`}>
      <Facts items={factsOf(response.headers)} />
      {response.body !== '' && <CodeBlock label="answer" text={inLines(response.body)} />}
    </Section>
  );
}

function factsOf(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name, value: <code>{value}</code> }));
}

function Tries({ delivery: { tries } }: { delivery: Delivery }) {
  return (
    <Section title="Tries">
      {tries.length === 0 && <p>None yet.</p>}
      <ol>
        {tries.map(({ at, durationMs, status, error }) => (
          <li key={at}>
            <Time at={at} />: {error?.message ?? `status ${status}`} in {Math.round(durationMs)} ms
          </li>
        ))}
      </ol>
    </Section>
  );
}
