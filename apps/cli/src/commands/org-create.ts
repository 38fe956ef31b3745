import type { Command } from '../command.ts';

/** Creates an organisation with its first administrator, on the data folder or database itself. */
export const orgCreate: Command = {
  name: 'org create',
  summary:
    'Create an organisation with a full administrator and print a personal token and a link to sign in once; works beside a running server',
  options: [
    ['--name <name>', 'required: name of the organisation'],
    ['--domain <domain>', 'required: its mail domain'],
    ['--admin-email <email>', 'required: address of its first administrator'],
  ],
  needs: ['data'],
  examples: [
    'moot org create --name Acme --domain acme.example --admin-email admin@acme.example',
    'MOOT_DATABASE_URL=postgres://moot@db/moot moot org create --name Acme --domain acme.example --admin-email admin@acme.example --json',
  ],
  async run(call) {
    // The platform is large, and only the commands that open a world themselves need it.
    const { createOrganization } = await import('../world/create-organization.ts');
    return { document: await createOrganization(call) };
  },
};
