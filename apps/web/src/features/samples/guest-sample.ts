/**
 * A program for Node that signs a guest in and asks who that is; it needs no package.
 * @param origin of this server, such as https://moothall.example.com
 */
export function guestSample(origin: string, issuerId: string, secret: string): string {
  return `import { createHmac } from 'node:crypto';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  sub: 'guest-1',
  name: 'Gus Guest',
  iss: ${JSON.stringify(issuerId)},
  exp: Math.floor(Date.now() / 1000) + 3600,
};
const text = \`\${part({ alg: 'HS256', typ: 'JWT' })}.\${part(claims)}\`;
const key = Buffer.from(${JSON.stringify(secret)}, 'base64');
const jwt = \`\${text}.\${createHmac('sha256', key).update(text).digest('base64url')}\`;

const login = await fetch(${JSON.stringify(`${origin}/v1/jwt/login`)}, {
  method: 'POST',
  headers: { Authorization: \`Bearer \${jwt}\` },
});
const { token } = await login.json();
const me = await fetch(${JSON.stringify(`${origin}/v1/people/me`)}, {
  headers: { Authorization: \`Bearer \${token}\` },
});
console.log(me.status, await me.json());`;
}
