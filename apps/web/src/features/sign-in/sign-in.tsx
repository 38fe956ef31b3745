import { useState } from 'react';
import { useSearchText } from '../../app/use-search.ts';
import { useSessionIfAny } from '../../data/session.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { LinkSignIn } from './link-sign-in.tsx';
import { nextAddress } from './next-address.ts';
import { PasswordSignIn } from './password-sign-in.tsx';

/** The sign-in page: by password, or by a link that was made for somebody. */
export default function SignIn() {
  const link = useSearchText('link');
  const next = nextAddress(useSearchText('next'), window.location.origin);
  return (
    <Page title="Sign in" {...(next.startsWith('/account/authorize') && { lead: 'To go on to the app.' })}>
      {link === undefined ? <ByPassword next={next} /> : <LinkSignIn link={link} next={next} />}
    </Page>
  );
}

function ByPassword({ next }: { next: string }) {
  const session = useSessionIfAny();
  const again = useSearchText('again') !== undefined;
  const [other, setOther] = useState(false);
  return (
    <Loaded query={session} shape="form">
      {(known) =>
        known === null || again || other ? (
          <PasswordSignIn next={next} />
        ) : (
          <Stack>
            <Notice tone="info" title={`You are signed in as ${known.person.displayName}`}>
              <p>{known.person.email}</p>
            </Notice>
            <Row>
              <LinkButton variant="primary" href={next}>
                Go on
              </LinkButton>
              <Button onClick={() => setOther(true)}>Use another account</Button>
            </Row>
          </Stack>
        )
      }
    </Loaded>
  );
}
