/** Ids and tokens of the world that benchmarks run in. */
export const orgId = '7b0f3a52-0000-7000-8000-00000000be7c';
export const roomUuid = '7b0f3a52-0000-7000-8000-0000000000aa';
export const roomId = Buffer.from(`ciscospark://us/ROOM/${roomUuid}`).toString('base64url');
export const token = `YWRhdG9rZW4_P0A1_${orgId}`;

const member = (index) => ({
  key: `p${index}`,
  email: `p${index}@acme.test`,
  displayName: `Person ${index}`,
});

/** The token of a person of the world, by their number. */
export const tokenOf = (index) => (index === 0 ? token : `dG9rZW4${index}_P0A1_${orgId}`);

/**
 * A world with one organisation, `members` people in one room, and the token of the first.
 * @param {{tokens?: boolean}} [options] `tokens`: everybody has one
 */
export function benchWorld(members = 50, { tokens = false } = {}) {
  const people = Array.from({ length: members }, (_, index) => member(index));
  for (const [index, person] of people.entries())
    if (tokens || index === 0)
      person.tokens = [{ token: tokenOf(index).replace(orgId, '<org>'), scopes: ['spark:all', 'spark:kms'] }];
  const room = {
    key: 'r1',
    id: roomUuid,
    title: 'Load',
    creator: 'p0',
    members: people.map((person) => person.key),
  };
  return {
    orgs: [{ key: 'acme', id: orgId, displayName: 'Acme', domains: ['acme.test'], people, rooms: [room] }],
  };
}
