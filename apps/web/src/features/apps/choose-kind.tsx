import './choose-kind.css';
import { listAppKinds } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card, Grid, Row, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { type AppKind, appKinds } from './app-kinds.ts';
import { KindRefused } from './kind-refused.tsx';

type Kind = ReplyOf<typeof listAppKinds>['items'][number];

/** The kinds of apps, to choose from. */
export default function ChooseKind() {
  const kinds = useRead(listAppKinds, {});
  return (
    <Page
      title="Create a new app"
      back={{ to: '/apps', label: 'My apps' }}
      lead="What is your program to be? The kind cannot be changed afterwards."
    >
      <Loaded query={kinds}>{({ items }) => <Kinds kinds={items} />}</Loaded>
    </Page>
  );
}

function Kinds({ kinds }: { kinds: readonly Kind[] }) {
  const reasons = new Set(kinds.map(({ refusal }) => refusal));
  const [forAll] = reasons;
  if (reasons.size === 1 && forAll !== undefined)
    return <KindRefused refusal={forAll} offersSandbox={false} title="No apps can be created here" />;
  return (
    <Grid>
      {(Object.keys(appKinds) as AppKind[]).map((kind) => (
        <KindCard key={kind} kind={kind} of={kinds.find(({ type }) => type === kind)} />
      ))}
    </Grid>
  );
}

function KindCard({ kind, of }: { kind: AppKind; of: Kind | undefined }) {
  const { name, one, what, choose, isDeprecated } = appKinds[kind];
  return (
    <Card>
      <Row>
        <h2>{name}</h2>
        {isDeprecated && <Badge tone="warning">Deprecated</Badge>}
      </Row>
      <Stack gap="tight">
        <p>{what}</p>
        <p className="choose-kind-when">{choose}</p>
      </Stack>
      {of?.refusal === undefined ? (
        <p className="choose-kind-go">
          <LinkButton to={`/apps/new/${kind}`}>Create {one}</LinkButton>
        </p>
      ) : (
        <KindRefused refusal={of.refusal} offersSandbox={of.offersSandbox} />
      )}
    </Card>
  );
}
