import type { getSandboxTerms } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Stack } from '../../ui/layout.tsx';

/** What one accepts with a sandbox. */
export type Terms = ReplyOf<typeof getSandboxTerms>;

/** The terms with the box that accepts them. */
export function AcceptTerms({
  terms: { terms },
  isAccepted,
  isMissing,
  onAccept,
}: {
  terms: Terms;
  isAccepted: boolean;
  /** The form was sent without it. */
  isMissing: boolean;
  onAccept: (isAccepted: boolean) => void;
}) {
  return (
    <Stack gap="tight">
      <h2>Terms</h2>
      <ul>
        {terms.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Checkbox
        label="I accept these terms"
        checked={isAccepted}
        aria-invalid={isMissing || undefined}
        onChange={(event) => onAccept(event.target.checked)}
        {...(isMissing && { hint: <span className="field-error">Accept the terms to go on.</span> })}
      />
    </Stack>
  );
}
