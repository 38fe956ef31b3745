import './documentation.css';
import { Link } from '@tanstack/react-router';
import { useSearchState } from '../../app/use-search-state.ts';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Method } from './method.tsx';
import { type ApiOperation, isFound, useOperations } from './operations.ts';

/** Every operation by its area, narrowed to what is searched for. */
export default function Documentation() {
  const operations = useOperations();
  const [{ q = '' }, change] = useSearchState(['q']);
  return (
    <Page
      title="Documentation"
      lead="Every operation that a program can call here, written from the same contracts that the server checks requests by."
    >
      <Stack gap="loose">
        <search>
          <Field label="Search" optional hint="By name, path, method or scope.">
            <TextInput
              type="search"
              value={q}
              onChange={(event) => change({ q: event.target.value }, { replace: true })}
            />
          </Field>
        </search>
        <Loaded query={operations} shape="table">
          {({ items }) => <Areas operations={items.filter((item) => isFound(item, q))} />}
        </Loaded>
      </Stack>
    </Page>
  );
}

function Areas({ operations }: { operations: readonly ApiOperation[] }) {
  if (operations.length === 0)
    return (
      <EmptyState title="Nothing matches">
        <p>Search for fewer or other words, such as “rooms” or “POST”.</p>
      </EmptyState>
    );
  const areas = [...new Set(operations.map(titleOf))];
  return (
    <Stack gap="loose">
      <p className="visually-hidden" role="status">
        {operations.length} operations
      </p>
      {areas.map((area) => (
        <Section key={area} title={area}>
          <ul className="documentation-list">
            {operations
              .filter((operation) => titleOf(operation) === area)
              .map((operation) => (
                <Item key={operation.id} operation={operation} />
              ))}
          </ul>
        </Section>
      ))}
    </Stack>
  );
}

function titleOf({ area, plane }: ApiOperation): string {
  return plane === 'oauth' ? 'OAuth' : area.charAt(0).toUpperCase() + area.slice(1);
}

function Item({ operation: { id, method, path, summary } }: { operation: ApiOperation }) {
  return (
    <li className="documentation-item">
      <Link to={`/documentation/${id}`}>{summary}</Link>
      <span className="documentation-address">
        <Method method={method} /> <code>{path}</code>
      </span>
    </li>
  );
}
