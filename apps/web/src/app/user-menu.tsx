import { signOut } from '@moothall/platform/contracts';
import { useSessionIfAny } from '../data/session.ts';
import { useAction } from '../data/use-operation.ts';
import { signInAddress } from '../data/ways-out.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';

/** Who is signed in, with the ways to their account and out; or the way in. */
export function UserMenu() {
  const { data: session } = useSessionIfAny();
  const { mutateAsync: endSession } = useAction(signOut);
  const say = useToast();
  const leave = () =>
    endSession({}).then(
      () => window.location.assign('/account/sign-in'),
      (error: Error) => say(error.message, 'danger'),
    );
  if (session === undefined) return null;
  if (session === null)
    return (
      <LinkButton variant="primary" href={signInAddress(window.location.pathname)}>
        Sign in
      </LinkButton>
    );
  const { displayName, email, organizationName } = session.person;
  return (
    <Menu
      trigger={
        <Button variant="quiet" className="shell-user">
          <span className="shell-initials" aria-hidden="true">
            {initialsOf(displayName)}
          </span>
          <span className="shell-user-name">{displayName}</span>
        </Button>
      }
      head={
        <>
          {email}
          <br />
          {organizationName}
        </>
      }
      items={[
        { label: 'Profile', href: '/account' },
        { label: 'Devices and sessions', href: '/account/sessions' },
        { label: 'Sign out', onSelect: () => void leave() },
      ]}
    />
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase()).join('');
}
