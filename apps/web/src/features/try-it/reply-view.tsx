import { useState } from 'react';
import { siteFacts } from '../../data/site-facts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Facts, Row, Section, Stack } from '../../ui/layout.tsx';
import { WhySteps } from '../inspector/why-steps.tsx';
import type { ApiReply } from './send.ts';
import { statusTone } from './status-tone.ts';

const told = ['trackingid', 'retry-after', 'link'];
const names: Readonly<Record<string, string>> = {
  trackingid: 'TrackingID',
  'retry-after': 'Retry-After',
  link: 'Link',
};

/** What an operation answered: status, time, what its headers say, body. */
export function ReplyView({ reply }: { reply: ApiReply }) {
  const { status, headers, durationMs } = reply;
  const main = headers.filter(([name]) => told.includes(name));
  const others = headers.filter(([name]) => !told.includes(name));
  return (
    <Section title="Reply">
      <Row>
        <span role="status">
          <Badge tone={statusTone(status)}>Status {status}</Badge> in {durationMs} ms
        </span>
      </Row>
      <Facts
        items={main.map(([name, value]) => ({ name: names[name] ?? name, value: <code>{value}</code> }))}
      />
      <Why reply={reply} />
      <Body reply={reply} />
      <details>
        <summary>{others.length} other headers</summary>
        <Facts items={others.map(([name, value]) => ({ name, value: <code>{value}</code> }))} />
      </details>
    </Section>
  );
}

function Why({ reply: { status, headers } }: { reply: ApiReply }) {
  const [isAsked, setAsked] = useState(false);
  const trackingId = headers.find(([name]) => name === 'trackingid')?.[1];
  if (siteFacts().mode !== 'lab' || status < 400 || trackingId === undefined) return null;
  if (isAsked) return <WhySteps trackingId={trackingId} />;
  return (
    <Row>
      <Button small onClick={() => setAsked(true)}>
        Why was it refused?
      </Button>
    </Row>
  );
}

function Body({ reply: { text, bytes } }: { reply: ApiReply }) {
  if (text !== undefined) return <CodeBlock label="body" text={text} />;
  if (bytes) return <Bytes bytes={bytes} />;
  return <p>There is no body.</p>;
}

function Bytes({ bytes }: { bytes: Blob }) {
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(bytes);
    link.download = 'body';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Stack gap="tight">
      <p>
        {bytes.size} bytes of type {bytes.type || 'unknown'}.
      </p>
      <Row>
        <Button small onClick={save}>
          Save body
        </Button>
      </Row>
    </Stack>
  );
}
