import { useState } from 'react';
import { PageError } from '../../data/page-error.ts';
import { Form } from '../../ui/form.tsx';
import { Stack } from '../../ui/layout.tsx';
import type { ApiOperation } from '../documentation/operations.ts';
import { BodyFields } from './body-fields.tsx';
import { Snippets } from './code-snippets.tsx';
import { type ApiRequest, type Draft, emptyDraft, missingParameter, requestOf } from './draft.ts';
import { useHeldToken } from './held-token.ts';
import { ParameterFields } from './parameter-fields.tsx';
import { ReplyView } from './reply-view.tsx';
import { type ApiReply, send } from './send.ts';

/** A call that was made, with what came back; of one that leads a browser elsewhere only the address. */
type Outcome = { request: ApiRequest; reply?: ApiReply };

/** The form of one operation, made of its schema, with the reply below. */
export function RequestForm({ operation }: { operation: ApiOperation }) {
  const [held] = useHeldToken();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [missing, setMissing] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  const run = async () => {
    const lacking = missingParameter(operation, draft);
    setMissing(lacking);
    if (lacking !== undefined) {
      document.querySelector<HTMLElement>(`[name="parameter.${lacking}"]`)?.focus();
      return;
    }
    const request = requestOf(operation, draft);
    if (operation.replies === 'redirect') setOutcome({ request });
    else setOutcome({ request, reply: await send(request, held?.text) });
  };
  return (
    <Stack gap="loose">
      <Form submitLabel="Run" onSubmit={run}>
        <div className="try-it-fields">
          <ParameterFields operation={operation} draft={draft} onChange={setDraft} missing={missing} />
        </div>
        <BodyFields operation={operation} draft={draft} onChange={setDraft} />
      </Form>
      {outcome && <Result outcome={outcome} />}
      <Snippets request={() => shownRequest(operation, draft)} hasToken={operation.needsToken} />
    </Stack>
  );
}

function Result({ outcome: { request, reply } }: { outcome: Outcome }) {
  if (reply) return <ReplyView reply={reply} />;
  return (
    <p role="status">
      Browsers are sent there, programs do not call it: <a href={request.path}>open it in this browser</a>.
    </p>
  );
}

/** The request as far as it can be made of what is typed. */
function shownRequest(operation: ApiOperation, draft: Draft): ApiRequest | PageError {
  try {
    return requestOf(operation, draft);
  } catch (error) {
    return PageError.from(error);
  }
}
