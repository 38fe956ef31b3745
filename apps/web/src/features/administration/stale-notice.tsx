import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Draft } from './use-draft.ts';

/** Tells that somebody else saved first, and goes on with both. */
export function StaleNotice({ draft }: { draft: Pick<Draft<unknown, object>, 'isStale' | 'takeUp'> }) {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  if (!draft.isStale) return null;
  const reload = async () => {
    setState({ busy: true });
    try {
      await draft.takeUp();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Notice
      tone="warning"
      live
      title="Somebody else changed this meanwhile"
      action={
        <Button busy={state.busy} onClick={() => void reload()}>
          Reload, and keep what I entered
        </Button>
      }
    >
      <p>Nothing was saved yet. Reload to see what it is now; then look at it and save again.</p>
      {state.error !== undefined && <ErrorNotice error={state.error} />}
    </Notice>
  );
}
