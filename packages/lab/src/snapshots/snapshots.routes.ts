import type { Mount } from '@moothall/http';
import type { LabParts } from '../lab-parts.ts';
import type { DatabaseCopy } from './copy-note.ts';
import {
  deleteSnapshot,
  forkSnapshot,
  listSnapshots,
  loadSnapshot,
  postSnapshot,
  resetWorld,
} from './snapshots.contract.ts';

function present({ name, savedAt, baseUrl }: DatabaseCopy & { baseUrl?: string }) {
  return { name, savedAt, ...(baseUrl !== undefined && { baseUrl }) };
}

/** Ties the operations of snapshots to their verbs. Faults go when a world is replaced. */
export function mountSnapshots(mount: Mount, { world, snapshots, faults, turns }: LabParts): void {
  const load = (name: string) =>
    turns(async () => {
      const loaded = present(await snapshots.load(name));
      faults.clear();
      return loaded;
    });
  const verbs = {
    save: (name: string) => turns(async () => present(await snapshots.save(name))),
    load,
    fork: (name: string) => turns(async () => present(await snapshots.fork(name))),
  };
  mount(listSnapshots, async () => ({ items: (await snapshots.list()).map(present) }));
  mount(postSnapshot, ({ body }) => verbs[body.action](body.name));
  mount(loadSnapshot, ({ params }) => verbs.load(params.name));
  mount(forkSnapshot, ({ params }) => verbs.fork(params.name));
  mount(deleteSnapshot, async ({ params }) => {
    await turns(() => snapshots.remove(params.name));
    return undefined;
  });
  mount(resetWorld, () =>
    turns(async () => {
      const epoch = await snapshots.reset();
      faults.clear();
      return { epoch, now: world.clock.now().toISOString() };
    }),
  );
}
