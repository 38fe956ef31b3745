import { changeBotPolicy, listBots } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, usePages } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { MoreButton } from '../administration/more-button.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { type Draft, useDraft } from '../administration/use-draft.ts';
import { Owner } from './owner.tsx';

type Reply = ReplyOf<typeof listBots>;
type Bot = Reply['items'][number];
type Policy = Reply['policy'];
type PolicyDraft = Draft<Policy, Pick<Policy, 'mode' | 'botIds'>>;

/** Which bots people may add to spaces. */
export function Bots() {
  const bots = usePages(listBots, { query: { max: 100 } });
  const reload = async () => (await bots.refetch({ throwOnError: true })).data?.pages[0]?.reply.policy;
  return (
    <Loaded query={bots} shape="table">
      {({ pages }) => (
        <Stack>
          <BotForm
            policy={pages[0]!.reply.policy}
            bots={pages.flatMap(({ reply }) => reply.items)}
            reload={reload}
          />
          <MoreButton list={bots} />
        </Stack>
      )}
    </Loaded>
  );
}

function BotForm({
  policy,
  bots,
  reload,
}: {
  policy: Policy;
  bots: readonly Bot[];
  reload: () => Promise<Policy | undefined>;
}) {
  const draft = useDraft(policy, ({ mode, botIds }) => ({ mode, botIds }), reload);
  const change = useAction(changeBotPolicy, [listBots]);
  const { lacksFull } = useAdministrator();
  const say = useToast();
  const submit = async () => {
    const { mode, botIds } = draft.values;
    const saved = await draft.save(({ version }) => change.mutateAsync({ body: { mode, botIds, version } }));
    if (saved) say('The policy for bots was saved');
  };
  return (
    <Guarded reason={lacksFull}>
      <Form submitLabel="Save policy" onSubmit={submit}>
        <RadioGroup
          legend="Bots that people can add to spaces"
          hint="Bots that are in a space already stay there."
          value={draft.values.mode}
          onChange={(mode) => draft.edit({ mode })}
          options={[
            { value: 'all', label: 'Every bot' },
            { value: 'listed', label: 'Only the bots that are ticked below' },
          ]}
        />
        <BotTable bots={bots} draft={draft} />
        <StaleNotice draft={draft} />
      </Form>
    </Guarded>
  );
}

function BotTable({ bots, draft }: { bots: readonly Bot[]; draft: PolicyDraft }) {
  if (bots.length === 0)
    return (
      <EmptyState title="There are no bots">
        One stands here when somebody of your organisation makes it, or adds it to a space.
      </EmptyState>
    );
  return (
    <Table
      caption={`${bots.length} shown: your organisation's own, those listed, and those in its spaces`}
      rows={bots}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'Bot', cell: (bot) => <Name bot={bot} /> },
        { key: 'owner', header: 'Owner', cell: ({ owner, own }) => <Owner owner={owner} own={own} /> },
        { key: 'rooms', header: 'Spaces', cell: ({ rooms }) => rooms },
        {
          key: 'activity',
          header: 'Last activity',
          cell: ({ lastActivity }) => (lastActivity === undefined ? 'none' : <Time at={lastActivity} />),
        },
        { key: 'allowed', header: 'May be added', cell: (bot) => <Allowed bot={bot} draft={draft} /> },
      ]}
    />
  );
}

function Name({ bot: { name, email } }: { bot: Bot }) {
  return (
    <span className="hub-apps-name">
      <span>{name}</span>
      <span className="field-hint">{email}</span>
    </span>
  );
}

function Allowed({ bot: { personId, name }, draft }: { bot: Bot; draft: PolicyDraft }) {
  const { mode, botIds } = draft.values;
  if (mode === 'all') return <Badge tone="success">Yes</Badge>;
  return (
    <Checkbox
      label={<span className="visually-hidden">Allow {name}</span>}
      checked={botIds.includes(personId)}
      onChange={({ target }) =>
        draft.edit({
          botIds: target.checked ? [...botIds, personId] : botIds.filter((id) => id !== personId),
        })
      }
    />
  );
}
