import './users.css';
import { useSearchState } from '../../app/use-search-state.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { InvitePeople } from './invite-people.tsx';
import { NewUser } from './new-user.tsx';

/** Adds people: many by their addresses, or one with all details. */
export default function NewUsers() {
  const [{ tab = 'invite' }, setSearch] = useSearchState(['tab']);
  const { lacksPeople } = useAdministrator();
  return (
    <Page
      title="Add people"
      lead="Each is sent a link to sign in with, and belongs to your organisation from then on."
      back={{ to: '/users', label: 'Users' }}
    >
      <Guarded reason={lacksPeople}>
        <Tabs
          label="Ways to add people"
          value={tab}
          onChange={(next) => setSearch({ tab: next === 'invite' ? '' : next })}
          tabs={[
            { value: 'invite', label: 'Many by address', content: <InvitePeople /> },
            { value: 'one', label: 'One with details', content: <NewUser /> },
          ]}
        />
      </Guarded>
    </Page>
  );
}
