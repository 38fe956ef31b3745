import { JsonReply, type Mount } from '@moothall/http';
import type { World } from '../../../world.ts';
import { authenticateClient } from '../clients/authenticate-client.ts';
import { createDeviceTokens } from '../device/device.contract.ts';
import { grantTypeOf } from './grant-types.ts';
import { presentTokens } from './issued-tokens.ts';
import { createTokens } from './token.contract.ts';

/** Tokens stand in the reply: nobody may keep it (RFC 6749, 5.1). */
const UNKEPT = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** Ties the token endpoints to their grants. */
export function mountTokenEndpoint(mount: Mount, world: World): void {
  for (const operation of [...createTokens, createDeviceTokens]) {
    mount(operation, async (request) => {
      const { body: form, baseUrl, trace } = request;
      const give = grantTypeOf(world, form);
      const client = await authenticateClient(world, request);
      const issued = await give(world, { client, form, baseUrl, traceId: trace.trackingId });
      return new JsonReply(presentTokens(world, issued), UNKEPT);
    });
  }
}
