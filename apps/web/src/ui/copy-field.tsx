import './copy.css';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { useCopy } from './use-copy.ts';

/** A value to be taken along: shown in full, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { copied, copy } = useCopy(value);
  return (
    <div className="field copy-field">
      <div className="field-label">{label}</div>
      <div className="copy">
        <div className="copy-value">{value}</div>
        <Button onClick={() => void copy()} aria-label={`Copy ${label}`}>
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <div className="field-hint" role="status">
        {copied === 'yes' && `${label} is on the clipboard.`}
        {copied === 'refused' && 'The browser did not allow that: select the text and copy it by hand.'}
      </div>
    </div>
  );
}

/** A secret that is never shown again; what shows it must forget it when the reader goes on. */
export function SecretOnce({
  label,
  value,
  onDone,
}: {
  label: string;
  value: string;
  /** Drops the secret from the page. */
  onDone: () => void;
}) {
  return (
    <Notice
      tone="warning"
      live
      title={`Copy the ${label} now: it is shown only this once`}
      action={<Button onClick={onDone}>I have stored it</Button>}
    >
      <CopyField label={label} value={value} />
    </Notice>
  );
}
