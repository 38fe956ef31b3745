import { hashPassword } from '@moothall/platform';
import { type ApiClient, apiClient } from './api-client.ts';
import type { TestPerson, TestPlatform } from './test-platform.ts';

/** Sets somebody's password as their administrator's world would have it. */
export async function givePassword(kit: TestPlatform, person: TestPerson, password: string): Promise<void> {
  const hash = await hashPassword(kit.world, password);
  await kit.world.store.pool.query('update person set password_hash = $2 where id = $1', [person.id, hash]);
}

/** The value of the session's cookie that a reply sets. */
export function cookieOf(headers: Headers): string {
  return /moot_session=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
}

/** The page's client after a reply that let somebody in. */
export function pageOf(
  kit: TestPlatform,
  reply: { headers: Headers; body: { csrfToken: string } },
): ApiClient {
  const headers = {
    cookie: `moot_session=${cookieOf(reply.headers)}`,
    'x-csrf-token': reply.body.csrfToken,
  };
  return apiClient(kit.baseUrl, undefined, headers);
}

/** Signs in over HTTP. */
export function signIn(kit: TestPlatform, email: string, password: string, headers?: Record<string, string>) {
  return kit.anonymous.post('/idb/api/sign-in', { email, password }, headers);
}
