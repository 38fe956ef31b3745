import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Why a kind of app cannot be made here, with the way on where there is one (F50, F79). */
export function KindRefused({
  refusal,
  offersSandbox,
  title,
}: {
  refusal: string;
  offersSandbox: boolean;
  title?: string;
}) {
  return (
    <Notice
      tone="warning"
      {...(title !== undefined && { title })}
      action={offersSandbox ? <LinkButton to="/sandbox">Get a sandbox</LinkButton> : undefined}
    >
      <p>{refusal}</p>
    </Notice>
  );
}
