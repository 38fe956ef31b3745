import './dialog.css';
import { Dialog as Parts } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';

/**
 * A dialog over the page: it holds the focus, Escape and a click outside close it.
 * The backdrop is ours: the library's own brings a style element, which the policy of the pages forbids.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide = false,
  side = false,
  actions,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  wide?: boolean;
  /** It stands at the end of the window in its full height, for what is read beside the page. */
  side?: boolean;
  /** Buttons at the end, the one that goes on last. */
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const before = useRef<Element | null>(null);
  return (
    <Parts.Root open={open} onOpenChange={onOpenChange}>
      <Parts.Portal>
        <div className="dialog-backdrop" data-ui="backdrop" />
        <Parts.Content
          className={classNames('dialog', wide && 'dialog-wide', side && 'dialog-side')}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={() => {
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <Parts.Title asChild>
            <h2>{title}</h2>
          </Parts.Title>
          {description !== undefined && (
            <Parts.Description asChild>
              <div className="dialog-description">{description}</div>
            </Parts.Description>
          )}
          {children !== undefined && <div className="dialog-body">{children}</div>}
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
