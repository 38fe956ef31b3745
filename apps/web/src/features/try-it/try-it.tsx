import './try-it.css';
import { useSearchState } from '../../app/use-search-state.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { type ApiOperation, useOperations } from '../documentation/operations.ts';
import { RequestForm } from './request-form.tsx';
import { TokenChoice } from './token-choice.tsx';

const FIRST = 'people.me';

/** Calls any operation with a token of the reader's choice, and shows what comes back. */
export default function TryIt() {
  const operations = useOperations();
  return (
    <Page
      title="Try it"
      lead="Call any operation and read the reply. What you do here really happens: what you delete is gone."
    >
      <Loaded query={operations} shape="form">
        {({ items }) => <Call operations={items} />}
      </Loaded>
    </Page>
  );
}

function Call({ operations }: { operations: readonly ApiOperation[] }) {
  const [{ operation: wanted }, change] = useSearchState(['operation']);
  const operation =
    operations.find(({ id }) => id === wanted) ?? operations.find(({ id }) => id === FIRST) ?? operations[0]!;
  const options = operations.map(({ id, method, path, summary }) => ({
    value: id,
    label: `${summary}: ${method} ${path}`,
  }));
  return (
    <Stack gap="loose">
      <Field label="Operation">
        <Select
          options={options}
          value={operation.id}
          onChange={(event) => change({ operation: event.target.value })}
        />
      </Field>
      <Section title="Token" lead="It stays in the memory of this page and is gone when you leave it.">
        <TokenChoice />
      </Section>
      <Section title="Request">
        <p className="try-it-address">
          <code>
            {operation.method} {operation.path}
          </code>
          <LinkButton small to={`/documentation/${operation.id}`}>
            Documentation
          </LinkButton>
        </p>
        <RequestForm key={operation.id} operation={operation} />
      </Section>
    </Stack>
  );
}
