import { labPages } from '@moothall/lab/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { PageError } from '../../data/page-error.ts';
import { useAction } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Select, TextArea, TextInput } from '../../ui/input.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { inLines } from '../try-it/send.ts';
import { statusTone } from '../try-it/status-tone.ts';
import type { ExchangeDetails } from './lab-types.ts';
import { WhySteps } from './why-steps.tsx';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
/** Set anew for the request that is sent. */
const unsent = /^(authorization|cookie|host|connection|content-length|transfer-encoding|trackingid)$/i;

/** Sends a request again, edited, as the caller of before. */
export function Resend({ exchange }: { exchange: ExchangeDetails }) {
  const resend = useAction(labPages.resendExchange);
  const [method, setMethod] = useState<Method>(() => methods.find((one) => one === exchange.method) ?? 'GET');
  const [path, setPath] = useState(exchange.path + exchange.query);
  const [headers, setHeaders] = useState(() => headerText(exchange.request.headers));
  const [body, setBody] = useState(exchange.request.body ?? '');
  const submit = () =>
    resend.mutateAsync({
      params: { seq: exchange.seq },
      body: { method, path, headers: headersOf(headers), ...(body !== '' && { body }) },
    });
  return (
    <Stack gap="loose">
      <p>
        It is sent as {exchange.person ?? 'nobody'} once more, with the same scopes and a token of its own.
        Where something was masked (<code>***</code>), put in what belongs there.
      </p>
      <Form submitLabel="Send" onSubmit={submit}>
        <Field label="Method">
          <Select
            options={methods.map((value) => ({ value, label: value }))}
            value={method}
            onChange={(event) => setMethod(event.target.value as Method)}
          />
        </Field>
        <Field label="Path with query">
          <TextInput spellCheck={false} value={path} onChange={(event) => setPath(event.target.value)} />
        </Field>
        <Field label="Headers" optional hint="One a line, such as Accept: application/json.">
          <TextArea
            rows={3}
            spellCheck={false}
            value={headers}
            onChange={(event) => setHeaders(event.target.value)}
          />
        </Field>
        <Field label="Body" optional>
          <TextArea
            rows={8}
            spellCheck={false}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
      </Form>
      {resend.data && <Answer reply={resend.data} />}
    </Stack>
  );
}

function Answer({ reply: { status, trackingId, body } }: { reply: ReplyOf<typeof labPages.resendExchange> }) {
  return (
    <Section title="Reply to the new request">
      <p role="status">
        <Badge tone={statusTone(status)}>Status {status}</Badge> <code>{trackingId}</code>
      </p>
      {status >= 400 && trackingId !== '' && <WhySteps trackingId={trackingId} />}
      {body !== '' && <CodeBlock label="new reply" text={inLines(body)} />}
    </Section>
  );
}

function headerText(headers: Readonly<Record<string, string>>): string {
  const kept = Object.entries(headers).filter(([name]) => !unsent.test(name));
  return kept.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** @throws PageError naming the line that is no header */
function headersOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^\s*([^\s:]+)\s*:\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw new PageError({ status: 0, message: `Headers: '${line}' is none; write it as Name: value.` });
      return [name, value.trim()];
    }),
  );
}
