import { useEntry } from '../../app/entry-context.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';

/** What is shown at an address of the entry that has no page. */
export default function NotFound() {
  const { basePath, title } = useEntry();
  return (
    <Page title="Page not found">
      <EmptyState
        title="There is no page at this address"
        action={
          <LinkButton variant="primary" href={basePath}>
            Go to {title}
          </LinkButton>
        }
      >
        It may have been removed, or the address was mistyped.
      </EmptyState>
    </Page>
  );
}
