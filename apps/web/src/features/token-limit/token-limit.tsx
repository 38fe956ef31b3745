import { limitLedger } from '@moothall/core';
import { LinkButton } from '../../ui/button.tsx';
import { Prose } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SupportContact } from '../../ui/support-contact.tsx';

const limit = limitLedger['token.active_per_account'].value;

/** Says why a site cannot be entered at the limit of tokens, and what to do (F17). */
export default function TokenLimit() {
  return (
    <Page title="Too many active tokens">
      <Notice tone="warning" title="You cannot sign in here just now (tokenlimit_reached)">
        <p>Your account holds as many active access tokens as it may; the usual limit is {limit}.</p>
      </Notice>
      <Prose>
        <p>
          End sessions that you no longer need: each one frees a place at once. Tokens of apps also end by
          themselves, 14 days after they were given out.
        </p>
        <p>
          An app that asks for a new token more often than it must is the usual cause: it should keep its
          token until that expires.
        </p>
      </Prose>
      <p>
        <LinkButton variant="primary" href="/account/sessions">
          End sessions
        </LinkButton>
      </p>
      <p>
        Your administrator can end them too. Help: <SupportContact />
      </p>
    </Page>
  );
}
