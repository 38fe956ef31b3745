import type { Access, Operation, RoleName } from '@moothall/contract';
import { operationsOf } from '@moothall/platform';
import { type ApiClient, apiClient, type TestPerson, type TestPlatform } from '@moothall/testkit';

/** Roles that the matrix goes through, beside having none. */
export const matrixRoles: readonly RoleName[] = [
  'full_admin',
  'readonly_admin',
  'user_admin',
  'device_admin',
  'compliance_officer',
];

/** Somebody with one role or none; tokens with any scopes and a session of our pages are had at request. */
export type Caller = {
  role: RoleName | 'none';
  person: TestPerson;
  withScopes(scopes: readonly string[]): Promise<ApiClient>;
  page: ApiClient;
};

/** Every scope that an operation asks for. */
export function allScopes(kit: TestPlatform): string[] {
  const grants = operationsOf(kit.world).flatMap((operation) => operation.access?.grants ?? []);
  return [...new Set(['spark:all', ...grants.flatMap((grant) => grant.scopes)])];
}

/** All scopes but those that an operation asks for. */
function scopesBeside(access: Access, scopes: readonly string[]): string[] {
  const asked = new Set(['spark:all', ...access.grants.flatMap((grant) => grant.scopes)]);
  return scopes.filter((scope) => !asked.has(scope));
}

async function addCaller(kit: TestPlatform, org: TestPerson['orgId'], role: Caller['role']): Promise<Caller> {
  const roles = role === 'none' ? [] : [role];
  const person = await kit.addPerson({ org, roles, name: `Caller ${role}`, scopes: [] });
  const known = new Map<string, Promise<ApiClient>>();
  return {
    role,
    person,
    page: await kit.page(person, 'portal', 'hub'),
    withScopes(scopes) {
      const key = [...scopes].sort().join(' ');
      const client = known.get(key) ?? kit.mint(person, [...scopes]);
      known.set(key, client);
      return client;
    },
  };
}

/** One caller of each role, and one of none, in an organisation. */
export async function addCallers(kit: TestPlatform, org: TestPerson['orgId']): Promise<Caller[]> {
  const callers: Caller[] = [];
  for (const role of ['none' as const, ...matrixRoles]) callers.push(await addCaller(kit, org, role));
  return callers;
}

/** Whether what an operation declares lets somebody with this role and these scopes in. */
export function isLetIn(access: Access, role: Caller['role'], scopes: readonly string[]): boolean {
  const covers = (scope: string) =>
    scopes.includes(scope) || (scope.startsWith('spark:') && scopes.includes('spark:all'));
  return (
    access.grants.length === 0 ||
    access.grants.some(
      (grant) =>
        (grant.scopes.length === 0 || grant.scopes.some(covers)) &&
        (grant.roles === undefined || grant.roles.some((name) => name === role)),
    )
  );
}

/** The ways to come to an operation: without its scopes, and with those of each grant; pages know of no scopes. */
export function waysTo({ access }: Operation, scopes: readonly string[]): string[][] {
  if (!access || access.session) return [[]];
  const asked = access.grants.filter((grant) => grant.scopes.length > 0);
  return [scopesBeside(access, scopes), ...asked.map((grant) => [...grant.scopes])];
}

/** A client that sends the cookie of a page's session and no CSRF token. */
export function withoutCsrf(page: ApiClient): ApiClient {
  const request: ApiClient['request'] = (method, path, body) =>
    page.request(method, path, body, { 'x-csrf-token': '' });
  return { ...page, request };
}

/** A client for a token. */
export function bearer(kit: TestPlatform, person: TestPerson): ApiClient {
  return apiClient(kit.baseUrl, person.token);
}
