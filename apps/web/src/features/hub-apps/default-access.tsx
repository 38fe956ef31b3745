import { changeDefault, listIntegrations } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { RadioGroup } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { Section } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { useDraft } from '../administration/use-draft.ts';

type Default = ReplyOf<typeof listIntegrations>['default'];

/** What holds for integrations that nothing was said of. */
export function DefaultAccess({
  current,
  reload,
}: {
  current: Default;
  reload: () => Promise<Default | undefined>;
}) {
  const draft = useDraft(current, ({ access }) => ({ access }), reload);
  const change = useAction(changeDefault, [listIntegrations]);
  const { lacksFull } = useAdministrator();
  const say = useToast();
  const submit = async () => {
    const saved = await draft.save(({ version }) =>
      change.mutateAsync({ body: { access: draft.values.access, version } }),
    );
    if (saved) say('The default was saved');
  };
  return (
    <Section title="New integrations">
      <Guarded reason={lacksFull}>
        <Form submitLabel="Save default" onSubmit={submit}>
          <RadioGroup
            legend="Integrations that nothing was decided about"
            value={draft.values.access}
            onChange={(access) => draft.edit({ access })}
            options={[
              { value: 'allow', label: 'Allow', hint: 'Everybody may use them, until you block one.' },
              { value: 'block', label: 'Block', hint: 'Nobody may use them; people can ask you for one.' },
            ]}
          />
          <StaleNotice draft={draft} />
        </Form>
      </Guarded>
    </Section>
  );
}
