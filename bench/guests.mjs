import { createHmac } from 'node:crypto';
import { Pool } from 'undici';
import { benchWorld, orgId } from './bench-world.mjs';
import { startProduction } from './processes.mjs';

const GUESTS = Number(process.env.BENCH_GUESTS ?? 100_000);
const AT_ONCE = 32;
const STEP = Math.min(10_000, Math.floor(GUESTS / 4));
const ISSUER = 'bench-issuer';
const SECRET = Buffer.from('a secret of the bench').toString('base64');
const ADMIN = `YmVuY2hhZG1pbg_P0A1_${orgId}`;

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = part({ alg: 'HS256', typ: 'JWT' });

function jwtOf(number) {
  const exp = Math.floor(performance.timeOrigin / 1000) + 86_400;
  const payload = { iss: ISSUER, sub: `visitor-${number}`, name: `Visitor ${number}`, exp };
  const text = `${HEADER}.${part(payload)}`;
  return `${text}.${createHmac('sha256', Buffer.from(SECRET, 'base64')).update(text).digest('base64url')}`;
}

function world() {
  const file = benchWorld(2);
  const [org] = file.orgs;
  org.people[1].roles = ['full_admin'];
  org.people[1].tokens = [{ token: 'YmVuY2hhZG1pbg_P0A1_<org>', scopes: ['guest-issuer:read'] }];
  org.apps = [{ key: 'desk', type: 'guest_issuer', name: 'Desk', issuerId: ISSUER, secret: SECRET }];
  return file;
}

async function signIn(pool, number) {
  const headers = { authorization: `Bearer ${jwtOf(number)}` };
  const { statusCode, body } = await pool.request({ method: 'POST', path: '/v1/jwt/login', headers });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`guest ${number} was refused with ${statusCode}: ${text}`);
}

/** Signs the guests `from` to `to` in. @returns milliseconds for each */
async function batch(pool, from, to) {
  let next = from;
  const started = performance.now();
  const worker = async () => {
    while (next < to) await signIn(pool, next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (performance.now() - started) / (to - from);
}

async function countOf(pool) {
  const headers = { authorization: `Bearer ${ADMIN}` };
  const { body } = await pool.request({ method: 'GET', path: '/v1/guests/count', headers });
  return Number(await body.text());
}

/** Distinct guests of one issuer, as many as BENCH_GUESTS says: the last cost what the first did (F13). */
export async function run() {
  const server = await startProduction(world());
  const pool = new Pool(server.url, { connections: AT_ONCE, pipelining: 1 });
  const started = performance.now();
  await batch(pool, 0, STEP / 4);
  const first = await batch(pool, STEP / 4, STEP);
  await batch(pool, STEP, GUESTS - STEP);
  const last = await batch(pool, GUESTS - STEP, GUESTS);
  const seconds = (performance.now() - started) / 1000;
  const count = await countOf(pool);
  await pool.close();
  await server.stop();
  server.remove();
  console.log(
    `${count} guests in ${seconds.toFixed(0)} s; each of the first ${first.toFixed(2)} ms, of the last ${last.toFixed(2)} ms`,
  );
  return [
    { what: `the last ${STEP} guests / the first ${STEP}`, ratio: last / first, atMost: 1.3 },
    { what: 'guests that are counted / that were signed in', ratio: count / GUESTS, atLeast: 1, atMost: 1 },
  ];
}
