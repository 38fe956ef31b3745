import { describe, expect, it } from 'vitest';
import { parseWorldFile } from './parse-world-file.ts';

const EXAMPLE = `
clock: 2026-03-01T09:00:00Z
orgs:
  - key: acme
    id: 7b0f3a52-0000-7000-8000-00000000ac3e
    displayName: Acme
    profile: standard
    domains: [acme.test]
    siteUrl: acme.meet.test
    people:
      - key: ada
        email: ada@acme.test
        displayName: Ada Adler
        password: correct-horse-1
        roles: [full_admin]
        licenses: [messaging, meetings]
        tokens:
          - { token: YWRhdG9rZW4_P0A1_<org>, scopes: ["spark:all", "spark-admin:people_read"] }
    apps:
      - { key: echo, type: bot, name: Echo, username: echo, owner: ada, token: ZWNob3Rva2Vu_P0A1_<org> }
      - { key: crm, type: integration, name: CRM, owner: ada, clientId: C0ffee, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/cb"], scopes: ["spark:people_read"] }
      - { key: desk, type: guest_issuer, name: Desk, owner: ada, issuerId: desk-issuer, secret: c2VjcmV0 }
      - { key: board, type: embedded, name: Board, owner: ada, startUrl: "http://127.0.0.1:9998/", validDomains: ["127.0.0.1"], contexts: [space, meeting], state: approved, pii: false }
    workspaces: [{ key: hub1, displayName: Room One, devices: [{ key: board1, product: Board Pro, online: true }] }]
    teams:  [{ key: t1, name: Ops, members: [ada] }]
    rooms:  [{ key: r1, title: General talk, creator: ada, members: [ada, echo], team: t1, messages: [{ by: ada, markdown: "**hi**" }] }]
`;

function errorsOf(text: string): string[] {
  const parsed = parseWorldFile(text);
  return parsed.ok ? [] : parsed.errors;
}

describe('parseWorldFile', () => {
  it('reads every key of the documented example, as YAML and as JSON', async () => {
    expect(errorsOf(EXAMPLE)).toEqual([]);
    const yaml = parseWorldFile(EXAMPLE);
    const { parse } = await import('yaml');
    expect(parseWorldFile(JSON.stringify(parse(EXAMPLE)))).toEqual(yaml);
    expect(yaml.ok && yaml.world.orgs[0]).toMatchObject({
      apps: [{ key: 'echo' }, { key: 'crm' }, { key: 'desk' }, { key: 'board' }],
      rooms: [{ isLocked: false, messages: [{ by: 'ada', markdown: '**hi**' }] }],
    });
    expect(yaml.ok && yaml.world.clock?.toISOString()).toBe('2026-03-01T09:00:00.000Z');
  });

  it('lists all errors of form, duplicates and references at once, each with its path', () => {
    const errors = errorsOf(`
clok: 2026-03-01T09:00:00Z
orgs:
  - key: acme
    id: not-a-uuid
    people:
      - { key: ada, email: ada at acme, displayName: Ada, emial: x }
      - { key: ada, email: b@acme.test, displayName: 12, roles: [boss] }
      - { key: cy, email: B@acme.test, displayName: Cy, tokens: [{ token: onlytwo_parts, scopes: [] }] }
    apps: [{ key: echo, type: robot, name: Echo }]
    rooms:
      - { title: Talk, creator: adda, members: [cy], messages: [{ by: ada, text: hi }, { by: cy }] }
`);
    const expected = [
      /^unknown key 'clok': did you mean 'clock'\?$/,
      /^orgs\[0\]\.id: 'not-a-uuid' is no UUID/,
      /^orgs\[0\]\.displayName: it is required$/,
      /^orgs\[0\]\.people\[0\]\.email: expected an e-mail address$/,
      /^orgs\[0\]\.people\[0\]: unknown key 'emial': did you mean 'email'\?$/,
      /^orgs\[0\]\.people\[1\]\.displayName: expected string, received number; put it in quotes$/,
      /^orgs\[0\]\.people\[1\]\.roles\[0\]: /,
      /^orgs\[0\]\.people\[1\]\.key: the key 'ada' stands at orgs\[0\]\.people\[0\]\.key already$/,
      /^orgs\[0\]\.people\[2\]\.email: the address 'b@acme\.test' stands at/,
      /^orgs\[0\]\.people\[2\]\.tokens\[0\]\.token: a token has three parts/,
      /^orgs\[0\]\.people\[2\]\.tokens\[0\]\.scopes: a token needs a scope/,
      /^orgs\[0\]\.apps\[0\]\.type: type must be bot, integration/,
      /^orgs\[0\]\.rooms\[0\]\.creator: there is no person or bot 'adda'; did you mean 'ada'\?$/,
      /^orgs\[0\]\.rooms\[0\]\.messages\[0\]\.by: there is no member of the room 'ada'/,
      /^orgs\[0\]\.rooms\[0\]\.messages\[1\]: a message needs text/,
    ];
    const unmatched = expected.filter((pattern) => !errors.some((error) => pattern.test(error)));
    expect({ unmatched, errors }).toMatchObject({ unmatched: [] });
    expect(errors).toHaveLength(expected.length);
  });

  it('refuses tokens of another organisation, replies to replies and what is no YAML', () => {
    const foreign = EXAMPLE.replace(
      '_P0A1_<org>, scopes',
      '_P0A1_7b0f3a52-0000-7000-8000-000000000000, scopes',
    );
    expect(errorsOf(foreign)).toEqual([
      expect.stringMatching(/^orgs\[0\]\.people\[0\]\.tokens\[0\]\.token: its third/),
    ]);
    const thread = EXAMPLE.replace(
      '[{ by: ada, markdown: "**hi**" }]',
      '[{ key: m1, by: ada, text: a }, { key: m2, by: ada, text: b, parent: m1 }, { by: ada, text: c, parent: m2 }]',
    );
    expect(errorsOf(thread)).toEqual([
      expect.stringMatching(/messages\[2\]\.parent: 'm2' is a reply itself/),
    ]);
    expect(errorsOf('orgs: [')[0]).toMatch(/line 1/);
    expect(errorsOf('')).toHaveLength(1);
    expect(errorsOf('a: &a [1]\nb: *c')[0]).toMatch(/alias/i);
  });

  it('reads a file of 1 000 people in a fraction of a second', () => {
    const people = Array.from({ length: 1000 }, (_, i) => ({
      key: `p${i}`,
      email: `p${i}@a.test`,
      displayName: `P ${i}`,
    }));
    const started = performance.now();
    expect(parseWorldFile(JSON.stringify({ orgs: [{ key: 'a', displayName: 'A', people }] })).ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
