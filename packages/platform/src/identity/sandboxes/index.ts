import { Page } from '@moothall/http';
import { resource } from '../../resource.ts';
import { idleSandboxQueue } from './end-idle.ts';
import { SANDBOX_TERMS_VERSION, sandboxTerms } from './sandbox-terms.ts';
import {
  getSandbox,
  getSandboxTerms,
  listSandboxes,
  requestSandbox,
  requestSandboxAsVisitor,
} from './sandboxes.contract.ts';
import { sandboxErrors } from './sandboxes.errors.ts';
import {
  accessSandbox,
  requestSandbox as ask,
  requestSandboxAsVisitor as askAsVisitor,
  listSandboxes as list,
  presentSandbox,
  sandboxRequestQueue,
} from './sandboxes.service.ts';
import { sandboxMigrations } from './sandboxes.table.ts';

/** Developer sandboxes: organisations of their own to develop in (F75 to F79). */
export const sandboxes = resource({
  name: 'sandboxes',
  area: 'identity',
  operations: [getSandboxTerms, requestSandboxAsVisitor, requestSandbox, listSandboxes, getSandbox],
  errors: sandboxErrors,
  migrations: sandboxMigrations,
  queues: (world) => [sandboxRequestQueue(world), idleSandboxQueue(world)],
  routes(mount, world) {
    mount(getSandboxTerms, () => ({ termsVersion: SANDBOX_TERMS_VERSION, terms: [...sandboxTerms] }));
    mount(requestSandboxAsVisitor, ({ body, remoteAddress, trace }) => {
      const visitor = { email: body.email, remoteAddress, trackingId: trace.trackingId };
      return askAsVisitor(world, visitor, body.termsVersion);
    });
    mount(requestSandbox, (request) => ask(world, request, request.body.termsVersion));
    mount(
      listSandboxes,
      async ({ actor }) => new Page((await list(world, actor)).map((row) => presentSandbox(world, row))),
    );
    mount(getSandbox, async (request) =>
      presentSandbox(world, await accessSandbox(world, request, request.params.sandboxId)),
    );
  },
});
