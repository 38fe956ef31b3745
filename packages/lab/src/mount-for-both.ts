import type { Operation } from '@moothall/contract';
import type { Handler, Mount } from '@moothall/http';
import { pageTwinOf } from './page-twin.ts';

/** Mounts each operation of the lab twice: for programs with the lab's key, and for our own pages. */
export function mountForBoth(mount: Mount): Mount {
  return <Op extends Operation>(operation: Op, handler: Handler<Op>) => {
    mount(operation, handler);
    mount(pageTwinOf(operation), handler);
  };
}
