import { SecretOnce } from '../../ui/copy-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { App } from './app-kinds.ts';
import { forgetFresh, secretNames, useFresh } from './fresh-secrets.ts';

/** The secret that was just made, once; a reload shows none. */
export function FreshSecret({ app }: { app: App }) {
  const fresh = useFresh(app.id);
  if (!fresh) return null;
  if (fresh.secret)
    return (
      <SecretOnce
        label={secretNames[fresh.secret.kind]}
        value={fresh.secret.value}
        onDone={() => forgetFresh(app.id)}
      />
    );
  if (app.type === 'embedded')
    return (
      <Notice tone="success" live title="The app was added. Only you see it while it is in development." />
    );
  return (
    <Notice tone="warning" live title="This app was made by an earlier click">
      <p>Its secret was shown then. If you do not have it, make a new one below.</p>
    </Notice>
  );
}
