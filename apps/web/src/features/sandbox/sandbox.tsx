import { getSandboxTerms } from '@moothall/platform/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSessionIfAny } from '../../data/session.ts';
import { useClient } from '../../data/use-operation.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { together } from '../../ui/together.ts';
import { OwnSandbox } from './own-sandbox.tsx';
import { VisitorSandbox } from './visitor-sandbox.tsx';

/** A sandbox: asked for by who is signed in, or by e-mail address. */
export default function Sandbox() {
  const client = useClient();
  const session = useSessionIfAny();
  const terms = useQuery({
    queryKey: [getSandboxTerms.id],
    queryFn: ({ signal }) => client.ask(getSandboxTerms, {}, { signal }),
  });
  // Nobody being signed in is an answer; it must not look like one that has not come yet.
  const who = { ...session, data: session.data === undefined ? undefined : { session: session.data } };
  return (
    <Page
      title="Developer sandbox"
      lead="An organisation of your own to develop and test in: apart from everything else, with you as its administrator."
    >
      <Loaded query={together({ who, terms })} shape="form">
        {(known) =>
          known.who.session === null ? (
            <VisitorSandbox terms={known.terms} />
          ) : (
            <OwnSandbox terms={known.terms} />
          )
        }
      </Loaded>
    </Page>
  );
}
