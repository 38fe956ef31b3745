import { getProfile } from '@moothall/platform/contracts';
import { useSession } from '../../app/use-session.ts';
import { useRead } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Facts, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { ProfileForm } from './profile-form.tsx';

/** One's own profile. */
export default function Profile() {
  const profile = useRead(getProfile, {});
  const session = useSession();
  return (
    <Page title="Profile" lead="How others see you, and how you sign in.">
      <Loaded query={profile} shape="form">
        {(known) => (
          <Stack gap="loose">
            <Facts
              items={[
                { name: 'E-mail address', value: known.email },
                { name: 'Organisation', value: session.data?.person.organizationName ?? '' },
                { name: 'Here since', value: <Time at={known.created} to="date" /> },
              ]}
            />
            <Section title="Names">
              <ProfileForm key={known.version} profile={known} />
            </Section>
            <Section
              title="Password"
              lead={
                session.data?.hasPassword === false
                  ? 'You have none yet: you sign in by links.'
                  : 'A new one ends your sessions in other browsers.'
              }
            >
              <p>
                <LinkButton to="/password">
                  {session.data?.hasPassword === false ? 'Choose a password' : 'Change password'}
                </LinkButton>
              </p>
            </Section>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
