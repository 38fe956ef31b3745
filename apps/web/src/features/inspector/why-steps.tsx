import { labPages } from '@moothall/lab/contracts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';

/** Why a request was answered as it was: the sentence, and every check in the order that it was made. */
export function WhySteps({ trackingId }: { trackingId: string }) {
  return (
    <Loaded query={useRead(labPages.why, { params: { trackingId } })}>
      {({ sentence, steps, cause }) => (
        <Stack gap="tight">
          <p role="status">
            <strong>{sentence}</strong>
          </p>
          {steps.length > 0 && (
            <ol aria-label="Checks">
              {steps.map(({ check, passed, detail }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a check may be made twice, in order
                <li key={index}>
                  <Badge tone={passed ? 'success' : 'danger'}>{passed ? 'passed' : 'refused'}</Badge> {check}:{' '}
                  {detail}
                </li>
              ))}
            </ol>
          )}
          {cause !== undefined && (
            <p className="field-hint">
              Code of the error: <code>{cause}</code>
            </p>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
