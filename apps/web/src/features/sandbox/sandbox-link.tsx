import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** That a sandbox was made: the way in stands here in the lab, and in a mail elsewhere. */
export function SandboxLink({ loginLink, email }: { loginLink: string | undefined; email: string }) {
  if (loginLink === undefined)
    return (
      <Notice tone="success" live title="Look into your mailbox">
        <p>We sent a link to {email}. It signs you in as the administrator of your sandbox.</p>
      </Notice>
    );
  return (
    <Notice
      tone="success"
      live
      title="Your sandbox is ready"
      action={
        <LinkButton variant="primary" href={loginLink}>
          Sign in to the sandbox
        </LinkButton>
      }
    >
      <p>
        The link signs this browser in as the sandbox's administrator, in place of whoever is signed in now.
        It was also sent to {email}.
      </p>
    </Notice>
  );
}
