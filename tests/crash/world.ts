const org = '7b0f3a52-0000-7000-8000-00000000ac3e';

/** Token of the one who posts. */
export const adaToken = `YWRhdG9rZW4_P0A1_${org}`;

/** A world of two people and a room, as text. */
export const worldText = `
orgs:
  - key: acme
    id: ${org}
    displayName: Acme
    domains: [acme.test]
    people:
      - { key: ada, email: ada@acme.test, displayName: Ada, tokens: [{ token: ${adaToken}, scopes: ["spark:all"] }] }
      - { key: ben, email: ben@acme.test, displayName: Ben }
    rooms:
      - { key: talk, title: Talk, creator: ada, members: [ada, ben] }
`;
