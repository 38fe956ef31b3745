import type { Access, Actor, Capacity, Grant } from '@moothall/contract';
import { generalErrors, type Uuid } from '@moothall/core';
import type { Trace } from '@moothall/http';
import { describe, expect, it } from 'vitest';
import { type Action, admit, anyone, authorize, isOfOrganization } from './authorize.ts';

const actor: Actor = {
  personId: '00000000-0000-7000-8000-000000000001' as Uuid,
  orgId: '00000000-0000-7000-8000-000000000002' as Uuid,
  type: 'person',
  email: 'ada@acme.test',
  displayName: 'Ada',
  roles: new Set(['user_admin']),
  licenses: new Set(['messaging']),
  scopes: new Set(['spark:rooms_read', 'identity:tokens_read']),
  tokenId: '00000000-0000-7000-8000-000000000003' as Uuid,
};

const trace = (): Trace => ({ trackingId: 'ROUTER_1', steps: [] });
const FORBIDDEN = { code: 'auth.forbidden', status: 403, message: generalErrors['auth.forbidden'].message };

const user: Grant = { as: 'user', scopes: ['spark:rooms_read'] };
const admin: Grant = { as: 'admin', scopes: ['identity:tokens_read'], roles: ['full_admin', 'user_admin'] };

describe('admit', () => {
  it.each<[string, Access, Capacity[]]>([
    ['any token where nothing is asked', { grants: [] }, []],
    ['by one of several grants', { grants: [user, { ...admin, roles: ['full_admin'] }] }, ['user']],
    ['in each capacity, in the order of the grants', { grants: [admin, user] }, ['admin', 'user']],
    [
      'by a role alone, as pages do',
      { grants: [{ as: 'admin', scopes: [], roles: ['user_admin'] }] },
      ['admin'],
    ],
    ['who holds the licence', { grants: [user], license: 'messaging' }, ['user']],
  ])('lets in %s', (_whom, access, capacities) => {
    const steps = trace();
    expect(admit(actor, access, steps)).toEqual(capacities);
    expect(steps.steps.every((step) => step.passed)).toBe(true);
  });

  it.each<[string, Access, string, string]>([
    [
      'a scope',
      {
        grants: [
          { as: 'user', scopes: ['spark:x', 'spark:y'] },
          { as: 'compliance', scopes: ['z'] },
        ],
      },
      'scope',
      'the token has none of: spark:x or spark:y, or z',
    ],
    [
      'a role',
      {
        grants: [
          { ...admin, roles: ['full_admin'] },
          { as: 'compliance', scopes: ['z'] },
        ],
      },
      'role',
      'the person has none of the roles: full_admin',
    ],
    ['a licence', { grants: [user], license: 'meetings' }, 'licence', "the person has no licence 'meetings'"],
  ])(
    'F25: refuses who lacks %s, with the same sentence, and tells the trace what',
    (_what, access, check, detail) => {
      const steps = trace();
      expect(() => admit(actor, access, steps)).toThrow(expect.objectContaining(FORBIDDEN));
      expect(steps.steps.filter((step) => !step.passed)).toEqual([{ check, passed: false, detail }]);
    },
  );
});

type Facts = { isMember: boolean; isLocked: boolean };
const locked = { code: 'x.locked', status: 403, message: 'It is locked.', source: 'decided' } as const;
const absent = { code: 'x.absent', status: 404, message: 'There is none.', source: 'decided' } as const;
const action: Action<Facts> = {
  name: 'x.do',
  relations: { user: (_actor, { isMember }) => (isMember ? undefined : 'no member'), compliance: anyone },
  unrelated: absent,
  policies: [
    {
      name: 'not locked',
      appliesTo: ['user'],
      refuses: (_actor, { isLocked }) => (isLocked ? 'it is locked' : undefined),
      error: locked,
    },
  ],
};

function decide(capacities: readonly Capacity[], facts: Partial<Facts> = {}, of: Action<Facts> = action) {
  const steps = trace();
  const run = () =>
    authorize({ actor, capacities, trace: steps }, of, { isMember: true, isLocked: false, ...facts });
  return { run, steps };
}

describe('authorize', () => {
  it('rests on the first capacity whose relation holds', () => {
    expect(decide(['admin', 'user', 'compliance']).run()).toBe('user');
    expect(decide(['user', 'compliance'], { isMember: false }).run()).toBe('compliance');
  });

  it('answers what is not to be known of as absent', () => {
    const { run, steps } = decide(['admin', 'user'], { isMember: false });
    expect(run).toThrow(expect.objectContaining({ code: 'x.absent', status: 404 }));
    expect(steps.steps.map(({ detail }) => detail)).toEqual([
      'x.do: nothing is open to admin here',
      'x.do: no member',
    ]);
    expect(decide([]).run).toThrow(expect.objectContaining({ code: 'x.absent' }));
  });

  it('applies policies to the capacities that they name, each with its own answer', () => {
    const { run, steps } = decide(['user'], { isLocked: true });
    expect(run).toThrow(expect.objectContaining({ code: 'x.locked', status: 403 }));
    expect(steps.steps.at(-1)).toEqual({ check: 'policy', passed: false, detail: 'it is locked' });
    expect(decide(['compliance'], { isLocked: true }).run()).toBe('compliance');
    const { policies: _none, ...open } = action;
    expect(decide(['user'], { isLocked: true }, open).run()).toBe('user');
  });
});

describe('one of an organisation', () => {
  it('is whoever lives there, but no guest', () => {
    expect(isOfOrganization(actor, actor.orgId)).toBe(true);
    expect(isOfOrganization(actor, actor.personId)).toBe(false);
    expect(isOfOrganization({ ...actor, type: 'appuser' }, actor.orgId)).toBe(false);
  });
});
