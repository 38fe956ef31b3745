import { createPersonalToken, deletePersonalToken, getPersonalToken } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { SecretOnce } from '../../ui/copy-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts, Row, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { SampleTabs } from '../samples/sample-tabs.tsx';

type LiveToken = NonNullable<ReplyOf<typeof getPersonalToken>['token']>;

/** One's personal access token: for 12 hours, one at a time, its text shown once. */
export default function AccessToken() {
  const known = useRead(getPersonalToken, {});
  const [text, setText] = useState<string>();
  return (
    <Page
      title="Personal access token"
      lead="Call the API as yourself, for 12 hours, without making an app. Never give it to anybody or put it into a program that others run."
    >
      <Loaded query={known}>
        {({ token }) => (
          <Stack gap="loose">
            {text !== undefined && (
              <SecretOnce label="personal access token" value={text} onDone={() => setText(undefined)} />
            )}
            {token ? <Live token={token} onText={setText} /> : <None onText={setText} />}
            <Section
              title="Your first call"
              lead={text === undefined ? 'Put your token in the place of YOUR_TOKEN.' : undefined}
            >
              <SampleTabs
                label="Ask who I am"
                call={{
                  method: 'GET',
                  url: `${window.location.origin}/v1/people/me`,
                  token: text ?? 'YOUR_TOKEN',
                }}
              />
            </Section>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

type Shows = { onText: (text: string | undefined) => void };

function None({ onText }: Shows) {
  const make = useAction(createPersonalToken, [getPersonalToken]);
  return (
    <Stack>
      <EmptyState
        title="You have no token now"
        action={
          <Button
            variant="primary"
            busy={make.isPending}
            onClick={() => make.mutate({}, { onSuccess: ({ text }) => onText(text) })}
          >
            Make a token
          </Button>
        }
      >
        <p>It can do what you can do, and ends by itself.</p>
      </EmptyState>
      {make.error && <ErrorNotice error={make.error} />}
    </Stack>
  );
}

function Live({ token, onText }: Shows & { token: LiveToken }) {
  const make = useAction(createPersonalToken, [getPersonalToken]);
  const end = useAction(deletePersonalToken, [getPersonalToken]);
  const say = useToast();
  return (
    <Stack>
      <Facts
        items={[
          { name: 'Made', value: <Time at={token.created} /> },
          { name: 'Ends', value: <Time at={token.expires} /> },
          { name: 'Scopes', value: token.scopes.join(', ') },
        ]}
      />
      <Row>
        <ConfirmButton
          variant="primary"
          title="Make another token?"
          description="The one that you have now stops working at once."
          confirmLabel="Make another token"
          onConfirm={async () => onText((await make.mutateAsync({})).text)}
        >
          Make another token
        </ConfirmButton>
        <ConfirmButton
          title="End your token?"
          description="Whatever uses it is refused from then on."
          confirmLabel="End token"
          onConfirm={async () => {
            await end.mutateAsync({});
            onText(undefined);
            say('Your token was ended');
          }}
        >
          End token
        </ConfirmButton>
      </Row>
    </Stack>
  );
}
