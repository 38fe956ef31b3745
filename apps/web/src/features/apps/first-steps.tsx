import { LinkButton } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { guestSample } from '../samples/guest-sample.ts';
import { SampleTabs } from '../samples/sample-tabs.tsx';
import type { App } from './app-kinds.ts';
import { useFresh } from './fresh-secrets.ts';

/** What to do next with an app, ready to be copied. */
export function FirstSteps({ app }: { app: App }) {
  const secret = useFresh(app.id)?.secret?.value;
  return (
    <Section
      title="First steps"
      lead={secret === undefined ? undefined : 'The secret is filled in below while it is shown.'}
    >
      <Steps app={app} secret={secret} />
    </Section>
  );
}

function Steps({ app, secret }: { app: App; secret: string | undefined }) {
  const { origin } = window.location;
  if (app.integration) return <IntegrationSteps app={app} secret={secret} origin={origin} />;
  if (app.bot) return <BotSteps app={app} token={secret ?? 'BOT_TOKEN'} origin={origin} />;
  if (app.guestIssuer)
    return (
      <Stack>
        <p>
          Your server signs a short text about the guest, a JWT, with the shared secret, and exchanges it for
          a token. Run this with Node to try it; claims are <code>sub</code> (who), <code>name</code>,{' '}
          <code>iss</code> (the Guest Issuer ID) and <code>exp</code> (until when).
        </p>
        <CodeBlock
          label="the Node program"
          text={guestSample(origin, app.guestIssuer.issuerId, secret ?? 'SHARED_SECRET')}
        />
      </Stack>
    );
  if (app.serviceApp)
    return (
      <ol className="apps-steps">
        <li>Request authorisation below; a full administrator of your organisation decides.</li>
        <li>
          When it is authorised, get tokens below, or let your program ask for them with the client secret.
        </li>
        <li>Call the API with the access token; refresh it before it expires.</li>
      </ol>
    );
  return (
    <p>
      Only you see the app while it is in development. Its settings can be changed at any time; others see it
      after an administrator has approved it.
    </p>
  );
}

type StepsProps = { app: App; origin: string };

function IntegrationSteps({ app, secret, origin }: StepsProps & { secret: string | undefined }) {
  const { integration, clientId } = app;
  if (!integration) return null;
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: secret ?? 'CLIENT_SECRET',
    code: 'CODE',
    redirect_uri: integration.redirectUris[0] ?? '',
  };
  return (
    <ol className="apps-steps">
      <li>
        <Stack>
          <p>
            Open this address in a browser and accept. It is also what people open; put a text that cannot be
            guessed in the place of <code>set_state_here</code> for each of them.
          </p>
          <CopyField label="authorisation URL" value={integration.authorizationUrl} />
          <div>
            <LinkButton href={integration.authorizationUrl}>Open it here</LinkButton>
          </div>
        </Stack>
      </li>
      <li>
        <Stack>
          <p>
            The browser comes to your redirect URI with a <code>code</code> in the address. Put it in the
            place of <code>CODE</code>; it works once and for a few minutes.
          </p>
          <SampleTabs
            label="Exchange the code for tokens"
            call={{ method: 'POST', url: `${origin}/v1/access_token`, form }}
          />
        </Stack>
      </li>
      <li>
        <Stack>
          <p>
            Call the API with the <code>access_token</code> of the reply.
          </p>
          <SampleTabs
            label="Ask who I am"
            call={{ method: 'GET', url: `${origin}/v1/people/me`, token: 'ACCESS_TOKEN' }}
          />
        </Stack>
      </li>
    </ol>
  );
}

function BotSteps({ app, token, origin }: StepsProps & { token: string }) {
  return (
    <ol className="apps-steps">
      <li>
        <Stack>
          <p>Ask the API who the bot is.</p>
          <SampleTabs label="Ask who I am" call={{ method: 'GET', url: `${origin}/v1/people/me`, token }} />
        </Stack>
      </li>
      <li>
        <Stack>
          <p>
            Add <strong>{app.bot?.email}</strong> to a space as you would add a person. Or let it write to you
            first:
          </p>
          <SampleTabs
            label="Write to somebody"
            call={{
              method: 'POST',
              url: `${origin}/v1/messages`,
              token,
              json: { toPersonEmail: app.owner?.email ?? 'you@example.com', text: `Hello from ${app.name}` },
            }}
          />
        </Stack>
      </li>
      <li>Create a webhook, so that the bot hears what people write to it.</li>
    </ol>
  );
}
