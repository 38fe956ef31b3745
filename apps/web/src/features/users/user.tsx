import './users.css';
import { getUser } from '@moothall/platform/contracts';
import { usePathText } from '../../app/use-search.ts';
import { useSearchState } from '../../app/use-search-state.ts';
import { useRead } from '../../data/use-operation.ts';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { StatusBadge, type User } from './status.tsx';
import type { UserProps } from './use-user-draft.ts';
import { UserAccount } from './user-account.tsx';
import { UserApps } from './user-apps.tsx';
import { UserAuthorizations } from './user-authorizations.tsx';
import { UserDetails } from './user-details.tsx';
import { UserLicences } from './user-licences.tsx';
import { UserRoles } from './user-roles.tsx';

/** One person of the organisation, with all that administrators may do. */
export default function UserPage() {
  const personId = usePathText('personId');
  const query = useRead(getUser, { params: { personId } });
  const reload = async () => (await query.refetch({ throwOnError: true })).data;
  return (
    <Page title={query.data?.displayName ?? 'Person'} back={{ to: '/users', label: 'Users' }}>
      <Loaded query={query} shape="form">
        {(user) => (
          <Stack>
            <Head user={user} />
            <UserTabs key={personId} user={user} reload={reload} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function Head({ user: { email, status } }: { user: User }) {
  return (
    <p className="users-head">
      {email} <StatusBadge status={status} />
    </p>
  );
}

function UserTabs(props: UserProps) {
  const [{ tab = 'details' }, setSearch] = useSearchState(['tab']);
  return (
    <Tabs
      label="Parts of this person"
      value={tab}
      onChange={(next) => setSearch({ tab: next === 'details' ? '' : next })}
      tabs={[
        { value: 'details', label: 'Details', content: <UserDetails {...props} /> },
        { value: 'roles', label: 'Roles', content: <UserRoles {...props} /> },
        { value: 'licences', label: 'Licences', content: <UserLicences {...props} /> },
        { value: 'apps', label: 'Apps', content: <UserApps user={props.user} /> },
        {
          value: 'authorizations',
          label: 'Authorizations',
          content: <UserAuthorizations user={props.user} />,
        },
        { value: 'account', label: 'Account', content: <UserAccount user={props.user} /> },
      ]}
    />
  );
}
