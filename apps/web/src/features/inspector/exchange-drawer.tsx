import { labPages } from '@moothall/lab/contracts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts, Row, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { inLines } from '../try-it/send.ts';
import { statusTone } from '../try-it/status-tone.ts';
import { curlOfExchange } from './exchange-curl.ts';
import type { ExchangeDetails } from './lab-types.ts';
import { Resend } from './resend.tsx';
import { WhySteps } from './why-steps.tsx';

/** Beside the list: one request with its reply, why it was answered so, and a form to send it again. */
export function ExchangeDrawer({
  seq,
  onChange,
}: {
  seq: number | undefined;
  onChange: (seq: string | undefined) => void;
}) {
  return (
    <Dialog
      side
      open={seq !== undefined}
      onOpenChange={(open) => !open && onChange(undefined)}
      title="Request"
      actions={<Button onClick={() => onChange(undefined)}>Close</Button>}
    >
      {seq !== undefined && <Shown key={seq} seq={seq} />}
    </Dialog>
  );
}

function Shown({ seq }: { seq: number }) {
  return (
    <Loaded query={useRead(labPages.showExchange, { params: { seq } })}>
      {(exchange) => (
        <Stack>
          <Head exchange={exchange} />
          <Tabs
            label="Parts"
            tabs={[
              { value: 'said', label: 'Said', content: <Conversation exchange={exchange} /> },
              { value: 'why', label: 'Why', content: <WhySteps trackingId={exchange.trackingId} /> },
              { value: 'resend', label: 'Send again', content: <Resend exchange={exchange} /> },
            ]}
          />
        </Stack>
      )}
    </Loaded>
  );
}

function Head({ exchange }: { exchange: ExchangeDetails }) {
  const { method, path, query, status, at, durationMs, operation, person, trackingId } = exchange;
  return (
    <Stack>
      <p>
        <Badge tone={statusTone(status)}>{status}</Badge>{' '}
        <code>
          {method} {path}
          {query}
        </code>
      </p>
      <Facts
        items={[
          { name: 'When', value: <Time at={at} /> },
          { name: 'Took', value: `${durationMs} ms` },
          { name: 'By', value: person ?? 'nobody' },
          { name: 'Operation', value: operation ?? 'none' },
          { name: 'Tracking id', value: <code>{trackingId}</code> },
        ]}
      />
      <Row>
        <CopyButton label="Copy as curl" text={curlOfExchange(exchange, window.location.origin)} />
      </Row>
    </Stack>
  );
}

function Conversation({ exchange: { request, response } }: { exchange: ExchangeDetails }) {
  return (
    <Stack gap="loose">
      <Side title="Request" said={request} />
      <Side title="Reply" said={response} />
    </Stack>
  );
}

function Side({ title, said }: { title: string; said: ExchangeDetails['request'] }) {
  const { headers, body, isCut } = said;
  return (
    <Section title={title}>
      {body !== undefined && body !== '' && <CodeBlock label={title.toLowerCase()} text={inLines(body)} />}
      {isCut && <p className="field-hint">The body is longer: only its start was kept.</p>}
      <Facts
        items={Object.entries(headers).map(([name, value]) => ({ name, value: <code>{value}</code> }))}
      />
    </Section>
  );
}
