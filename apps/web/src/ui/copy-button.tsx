import { Button } from './button.tsx';
import { useCopy } from './use-copy.ts';

const said = {
  yes: 'Copied',
  refused: 'The browser did not allow that: select the text and copy it by hand.',
};

/** A button that puts a text on the clipboard, and says whether that worked. */
export function CopyButton({ label, text, small = true }: { label: string; text: string; small?: boolean }) {
  const { copied, copy } = useCopy(text);
  return (
    <>
      <Button small={small} onClick={() => void copy()}>
        {label}
      </Button>
      <span className="field-hint" role="status">
        {copied && said[copied]}
      </span>
    </>
  );
}
