import { type ReactNode, useState } from 'react';
import { Button, type ButtonVariant } from './button.tsx';
import { type Confirmation, ConfirmDialog } from './confirm-dialog.tsx';

/** A button that asks before it does something. */
export function ConfirmButton({
  children,
  buttonVariant = 'secondary',
  small = false,
  onConfirm,
  ...confirmation
}: Confirmation & {
  children: ReactNode;
  buttonVariant?: ButtonVariant;
  small?: boolean;
  onConfirm: () => Promise<unknown>;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={buttonVariant} small={small} onClick={() => setOpen(true)}>
        {children}
      </Button>
      <ConfirmDialog {...confirmation} open={open} onOpenChange={setOpen} onConfirm={onConfirm} />
    </>
  );
}
