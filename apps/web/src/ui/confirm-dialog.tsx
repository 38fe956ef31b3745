import { type ReactNode, useState } from 'react';
import { Button, type ButtonVariant } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Field } from './field.tsx';
import { TextInput } from './input.tsx';

/** What is asked before something is done that cannot simply be taken back. */
export type Confirmation = {
  title: string;
  description: ReactNode;
  /** Names the deed: "Delete app", never "OK". */
  confirmLabel: string;
  variant?: ButtonVariant;
  /** A text that must be typed first, such as the name of what is deleted. */
  typed?: string;
};

/**
 * Asks before `onConfirm` runs; stays open and tells the error when that fails.
 * @param onConfirm closes the dialog when it has resolved
 */
export function ConfirmDialog({
  open,
  onOpenChange,
  onConfirm,
  title,
  description,
  confirmLabel,
  variant = 'danger',
  typed,
}: Confirmation & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => Promise<unknown>;
}) {
  const [text, setText] = useState('');
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const change = (next: boolean) => {
    if (state.busy) return;
    setState({ busy: false });
    setText('');
    onOpenChange(next);
  };
  const confirm = async () => {
    setState({ busy: true });
    try {
      await onConfirm();
      setState({ busy: false });
      setText('');
      onOpenChange(false);
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const actions = (
    <>
      <Button onClick={() => change(false)}>Cancel</Button>
      <Button
        variant={variant}
        busy={state.busy}
        disabled={typed !== undefined && text !== typed}
        onClick={() => void confirm()}
      >
        {confirmLabel}
      </Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={change} title={title} description={description} actions={actions}>
      {typed !== undefined && (
        <Field label={`Type ${typed} to go on`}>
          <TextInput value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
        </Field>
      )}
      {state.error !== undefined && <ErrorNotice error={state.error} />}
    </Dialog>
  );
}
