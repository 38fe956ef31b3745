import { listAppKinds, listScopes } from '@moothall/platform/contracts';
import { usePathText } from '../../app/use-search.ts';
import { useRead } from '../../data/use-operation.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { together } from '../../ui/together.ts';
import NotFound from '../not-found/not-found.tsx';
import { type AppKind, appKinds, isAppKind } from './app-kinds.ts';
import { KindRefused } from './kind-refused.tsx';
import { NewAppForm } from './new-app-form.tsx';

/** The form of a new app of the kind that the address names. */
export default function NewApp() {
  const kind = usePathText('kind');
  return isAppKind(kind) ? <NewAppOf kind={kind} /> : <NotFound />;
}

function NewAppOf({ kind }: { kind: AppKind }) {
  const kinds = useRead(listAppKinds, {});
  const scopes = useRead(listScopes, {});
  const { one, what, choose, isDeprecated } = appKinds[kind];
  return (
    <Page title={`Create ${one}`} back={{ to: '/apps/new', label: 'All kinds' }} lead={what}>
      <Loaded query={together({ kinds, scopes })} shape="form">
        {(known) => {
          const of = known.kinds.items.find(({ type }) => type === kind);
          if (of?.refusal !== undefined)
            return (
              <KindRefused
                title={`You cannot create ${one} here`}
                refusal={of.refusal}
                offersSandbox={of.offersSandbox}
              />
            );
          return (
            <>
              {isDeprecated && <Notice tone="warning" title={choose} />}
              <NewAppForm kind={kind} scopes={known.scopes.items} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
