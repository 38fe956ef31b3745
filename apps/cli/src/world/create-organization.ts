import { ApiError, encodeWireId } from '@moothall/core';
import { createFirstOrganization, signInUrl } from '@moothall/platform';
import { CliError } from '../cli-error.ts';
import type { Call } from '../command.ts';
import { readServerFile } from '../server/server-file.ts';
import { openWorld } from './open-world.ts';

/**
 * A new organisation as it is printed: ids in wire form, the token's end in ISO 8601. The link signs its
 * administrator in to the pages once; it begins with the server's address where that is known.
 */
export type PrintedOrganization = {
  orgId: string;
  personId: string;
  token: string;
  expires: string;
  signInUrl: string;
};

function publicUrlOf({ dataDir, io }: Call): string {
  return readServerFile(dataDir)?.publicUrl ?? io.env.MOOT_PUBLIC_URL?.replace(/\/+$/, '') ?? '';
}

/**
 * Creates the organisation that a call describes, in the world of its data folder or database.
 * @throws CliError when a name, domain or address cannot be, or is taken
 */
export async function createOrganization(call: Call): Promise<PrintedOrganization> {
  const { given } = call;
  const { world, close } = await openWorld(call);
  try {
    const created = await createFirstOrganization(world, {
      displayName: given.required('name'),
      domain: given.required('domain'),
      adminEmail: given.required('admin-email'),
    });
    return {
      orgId: encodeWireId('ORGANIZATION', created.orgId),
      personId: encodeWireId('PEOPLE', created.personId),
      token: created.token,
      expires: created.expiresAt.toISOString(),
      signInUrl: signInUrl(publicUrlOf(call), created.linkToken),
    };
  } catch (error) {
    if (error instanceof ApiError) throw new CliError(error.message);
    throw error;
  } finally {
    await close();
  }
}
