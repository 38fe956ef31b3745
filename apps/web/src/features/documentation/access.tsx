import { Facts } from '../../ui/layout.tsx';
import type { ApiOperation } from './operations.ts';

type Grant = ApiOperation['grants'][number];

const capacities: Readonly<Record<Grant['as'], string>> = {
  user: 'As a user, for oneself',
  admin: 'As an administrator',
  compliance: 'As a compliance officer',
};

/** Who may call an operation: with which scopes, in which role. */
export function Access({ operation: { plane, needsToken, grants, license } }: { operation: ApiOperation }) {
  if (!needsToken)
    return (
      <p>
        {plane === 'oauth'
          ? 'OAuth clients and browsers call it without an access token; what it asks for instead stands among its parameters.'
          : 'No access token is asked for.'}
      </p>
    );
  const items = grants.map((grant) => ({ name: capacities[grant.as], value: <Ways grant={grant} /> }));
  const needed = license === undefined ? [] : [{ name: 'Licence', value: <code>{license}</code> }];
  if (items.length === 0) return <p>Any access token lets in.</p>;
  return <Facts items={[...items, ...needed]} />;
}

function Ways({ grant: { scopes, roles } }: { grant: Grant }) {
  return (
    <>
      {scopes.length > 1 && <p className="field-hint">One of these scopes:</p>}
      <ul className="documentation-scopes">
        {scopes.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
          </li>
        ))}
      </ul>
      {roles.length > 0 && <p className="field-hint">In the role {roles.join(' or ')}.</p>}
    </>
  );
}
