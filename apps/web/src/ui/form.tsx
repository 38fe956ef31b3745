import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Row, Stack } from './layout.tsx';

/**
 * A form with one deed: Enter sends it, it cannot be sent twice, and an error is told below the fields.
 * @param onSubmit rejects with what is then shown; a page that shows an error at a field resolves instead
 * @param submitLabel names the deed: "Create bot"
 */
export function Form({
  onSubmit,
  submitLabel,
  others,
  children,
}: {
  onSubmit: () => Promise<unknown>;
  submitLabel: string;
  /** Buttons beside the one that sends. */
  others?: ReactNode;
  children: ReactNode;
}) {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state.busy) return;
    setState({ busy: true });
    try {
      await onSubmit();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack>
        {children}
        {state.error !== undefined && <ErrorNotice error={state.error} />}
        <Row>
          <Button type="submit" variant="primary" busy={state.busy}>
            {submitLabel}
          </Button>
          {others}
        </Row>
      </Stack>
    </form>
  );
}
