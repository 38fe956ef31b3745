import { PageError } from '../../data/page-error.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Section } from '../../ui/layout.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { ApiRequest } from './draft.ts';
import { snippetsOf } from './snippets.ts';

/** The request to be taken along; the token is read from the environment there. */
export function Snippets({
  request,
  hasToken,
}: {
  request: () => ApiRequest | PageError;
  hasToken: boolean;
}) {
  const made = request();
  return (
    <Section
      title="As a program"
      lead="The same request, with the token taken from the environment as TOKEN."
    >
      {made instanceof PageError ? (
        <p>{made.message}</p>
      ) : (
        <Tabs
          label="Languages"
          tabs={snippetsOf(made, window.location.origin, hasToken).map(({ language, text }) => ({
            value: language,
            label: language,
            content: <CodeBlock label={language} text={text} />,
          }))}
        />
      )}
    </Section>
  );
}
