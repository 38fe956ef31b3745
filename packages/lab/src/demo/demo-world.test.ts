import { registry } from '@moothall/platform';
import { expect, it } from 'vitest';
import { demoWorld } from './demo-world.data.ts';

it('gives its compliance officer every scope that an operation asks an officer for', () => {
  const grants = registry
    .flatMap(({ operations }) => operations)
    .flatMap(({ access }) => access?.grants ?? []);
  const scopes = grants.filter((grant) => grant.as === 'compliance').flatMap((grant) => grant.scopes);
  expect(scopes).toContain('spark-compliance:rooms_write');
  for (const scope of new Set(scopes)) expect(demoWorld).toMatch(new RegExp(`- ${scope}$`, 'm'));
});
