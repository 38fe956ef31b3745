import { CopyField } from '../../ui/copy-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { App } from './app-kinds.ts';

type Drift = NonNullable<App['integration']>['drift'];

function sentenceOf({ scope, lacking, people }: Drift[number]): string {
  return `${lacking} of ${people} people have not allowed ${scope}`;
}

/** In a list: that people have to consent again before an integration can use what it registers. */
export function DriftNote({ app }: { app: App }) {
  const drift = app.integration?.drift ?? [];
  const [first] = drift;
  if (!first) return null;
  return (
    <span className="apps-drift">
      <span aria-hidden="true">!</span> {sentenceOf(first)}
      {drift.length > 1 && `, and ${drift.length - 1} more`}
    </span>
  );
}

/** On the page of an app: which scopes people have not allowed yet, and what to send them. */
export function DriftNotice({ app }: { app: App }) {
  const drift = app.integration?.drift ?? [];
  if (!app.integration || drift.length === 0) return null;
  return (
    <Notice tone="warning" title="Some people have to consent again">
      <ul>
        {drift.map((one) => (
          <li key={one.scope}>{sentenceOf(one)}.</li>
        ))}
      </ul>
      <p>
        Their tokens stay as they are: a call that needs such a scope is refused with 403. Send them this
        link; they see what is new, and the next token has it.
      </p>
      <CopyField label="link to consent" value={app.integration.authorizationUrl} />
    </Notice>
  );
}
