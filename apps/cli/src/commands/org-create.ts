import { ApiError, encodeWireId } from '@moothall/core';
import { createFirstOrganization } from '@moothall/platform';
import { CliError } from '../cli-error.ts';
import type { Call, Command, Outcome } from '../command.ts';
import { openWorld } from '../world/open-world.ts';

async function create(
  { given }: Call,
  world: Parameters<typeof createFirstOrganization>[0],
): Promise<Outcome> {
  const created = await createFirstOrganization(world, {
    displayName: given.required('name'),
    domain: given.required('domain'),
    adminEmail: given.required('admin-email'),
  });
  const document = {
    orgId: encodeWireId('ORGANIZATION', created.orgId),
    personId: encodeWireId('PEOPLE', created.personId),
    token: created.token,
    expires: created.expiresAt.toISOString(),
  };
  return { document };
}

/** Creates an organisation with its first administrator, on the data folder or database itself. */
export const orgCreate: Command = {
  name: 'org create',
  summary:
    'Create an organisation with a full administrator and print a personal token; works beside a running server',
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
    const { world, close } = await openWorld(call);
    try {
      return await create(call, world);
    } catch (error) {
      if (error instanceof ApiError) throw new CliError(error.message);
      throw error;
    } finally {
      await close();
    }
  },
};
