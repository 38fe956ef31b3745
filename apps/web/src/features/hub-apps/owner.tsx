import { Badge } from '../../ui/badge.tsx';

/** Who answers for an app. */
export function Owner({
  owner,
  own,
}: {
  owner: { email: string; displayName: string; active: boolean } | undefined;
  own: boolean;
}) {
  return (
    <span className="hub-apps-name">
      <span>{owner?.displayName ?? 'nobody'}</span>
      {owner && <span className="field-hint">{owner.email}</span>}
      {!own && <Badge>Other organisation</Badge>}
      {own && owner?.active !== true && <Badge tone="warning">No active owner</Badge>}
    </span>
  );
}
