import './apps.css';
import { getApp, listScopes } from '@moothall/platform/contracts';
import { useEffect } from 'react';
import { usePathText } from '../../app/use-search.ts';
import { useSession } from '../../app/use-session.ts';
import { useRead } from '../../data/use-operation.ts';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { together } from '../../ui/together.ts';
import { AppFacts } from './app-facts.tsx';
import { type App, appKinds } from './app-kinds.ts';
import { Credentials } from './credentials.tsx';
import { DeleteApp } from './delete-app.tsx';
import { DriftNotice } from './drift.tsx';
import { EditApp } from './edit-app.tsx';
import { FirstSteps } from './first-steps.tsx';
import { FreshSecret } from './fresh-secret.tsx';
import { forgetFresh, useFresh } from './fresh-secrets.ts';
import { IconUpload } from './icon-upload.tsx';
import { OrgAuthorizations } from './org-authorizations.tsx';
import type { Scope } from './scope-picker.tsx';

/** An app with everything that its owner does with it. */
export default function AppPage() {
  const id = usePathText('appId');
  const app = useRead(getApp, { params: { id } });
  const scopes = useRead(listScopes, {});
  useEffect(() => () => forgetFresh(id), [id]);
  return (
    <Page
      title={app.data?.name ?? 'App'}
      back={{ to: '/apps', label: 'My apps' }}
      lead={app.data ? appKinds[app.data.type].name : 'An app of yours.'}
    >
      <Loaded query={together({ app, scopes })} shape="form">
        {(known) => <Shown key={known.app.id} app={known.app} scopes={known.scopes.items} />}
      </Loaded>
    </Page>
  );
}

function Shown({ app, scopes }: { app: App; scopes: readonly Scope[] }) {
  const session = useSession();
  const fresh = useFresh(app.id);
  const isOwner = app.owner !== undefined && app.owner.id === session.data?.person.id;
  return (
    <Stack gap="loose">
      <FreshSecret app={app} />
      {fresh?.isNew && <FirstSteps app={app} />}
      {!isOwner && <OfSomebodyElse app={app} />}
      <DriftNotice app={app} />
      <AppFacts app={app} />
      {!fresh?.isNew && <FirstSteps app={app} />}
      <Credentials app={app} />
      {app.serviceApp && isOwner && <OrgAuthorizations app={app} />}
      {isOwner && <IconUpload app={app} />}
      {isOwner && <EditApp app={app} scopes={scopes} />}
      <DeleteApp app={app} />
    </Stack>
  );
}

/** Administrators see apps of their organisation, so that these go on when an owner has left (F63). */
function OfSomebodyElse({ app }: { app: App }) {
  const owner = app.owner && `${app.owner.displayName} (${app.owner.email})`;
  return (
    <Notice tone="info" title={owner ? `This app belongs to ${owner}` : 'Nobody owns this app'}>
      <p>
        As an administrator you can make its secret anew and delete it. To change its settings, transfer it to
        somebody under Administration, Transfer.
      </p>
    </Notice>
  );
}
