import { labPages } from '@moothall/lab/contracts';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts, Row, Section, Stack } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toast.tsx';
import { inLines } from '../try-it/send.ts';
import type { LabDelivery } from './lab-types.ts';

/** Beside the list: one delivery of the lab. */
export function DeliveryDrawer({
  delivery,
  onClose,
}: {
  delivery: LabDelivery | undefined;
  onClose: () => void;
}) {
  return (
    <Dialog
      side
      open={delivery !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title="Delivery"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {delivery && <Shown delivery={delivery} />}
    </Dialog>
  );
}

function Shown({ delivery }: { delivery: LabDelivery }) {
  const again = useAction(labPages.redeliver, [labPages.listDeliveries]);
  const say = useToast();
  const redeliver = async () => {
    await again.mutateAsync({ params: { id: delivery.id } });
    say('The same body is delivered once more');
  };
  const { request, response, tries, state, reason, trackingId } = delivery;
  return (
    <Stack gap="loose">
      <Facts
        items={[
          { name: 'State', value: [state, reason].filter(Boolean).join(': ') },
          { name: 'Target', value: <code>{request.url}</code> },
          { name: 'Tracking id', value: <code>{trackingId}</code> },
          {
            name: 'Tries',
            value: tries.map(({ status, error }) => status ?? error?.code).join(', ') || 'none yet',
          },
        ]}
      />
      {again.isError && <ErrorNotice error={again.error} />}
      <Row>
        <Button variant="primary" busy={again.isPending} onClick={() => void redeliver().catch(() => {})}>
          Deliver again
        </Button>
      </Row>
      <Section title="Sent">
        <CodeBlock label="payload" text={inLines(request.body)} />
        <Headers headers={request.headers ?? {}} />
      </Section>
      {response && (
        <Section title={`Answer: status ${response.status}`}>
          {response.body !== '' && <CodeBlock label="answer" text={inLines(response.body)} />}
          <Headers headers={response.headers} />
        </Section>
      )}
    </Stack>
  );
}

function Headers({ headers }: { headers: Readonly<Record<string, string>> }) {
  return (
    <Facts items={Object.entries(headers).map(([name, value]) => ({ name, value: <code>{value}</code> }))} />
  );
}
