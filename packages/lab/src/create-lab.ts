import type { Mount } from '@moothall/http';
import type { Platform, World } from '@moothall/platform';
import { mountClock } from './clock/clock.routes.ts';
import { restoreClock } from './clock/clock-keeper.ts';
import { createFaultBook } from './faults/fault-book.ts';
import { mountFaults } from './faults/faults.routes.ts';
import { createExchangeLog } from './inspect/exchange-log.ts';
import { mountInspector } from './inspect/inspect.routes.ts';
import { createLabKeyCheck } from './lab-key.ts';
import { LAB_BASE } from './lab-operation.ts';
import type { LabParts } from './lab-parts.ts';
import type { Lab, LabSettings } from './lab-types.ts';
import { type FilledWorld, fillWorld, readSource } from './load/fill-world.ts';
import type { LoadState } from './load/load-world.ts';
import { mountLabMails } from './mails/lab-mails.routes.ts';
import { mountForBoth } from './mount-for-both.ts';
import { LAB_PAGE_BASE } from './page-twin.ts';
import { reportLines } from './report-lines.ts';
import { mountLabSignInLinks } from './sign-in-links/sign-in-links.routes.ts';
import { mountSnapshots } from './snapshots/snapshots.routes.ts';
import { createSnapshots, type Snapshots } from './snapshots/snapshots.ts';
import { createWorldGate } from './snapshots/world-gate.ts';
import { readState } from './state.ts';
import { mountLabTokens } from './tokens/lab-tokens.routes.ts';
import { createTurns } from './turns.ts';
import { mountLabWebhooks } from './webhooks/lab-webhooks.routes.ts';

/** Everything that the lab mounts. */
const mounts: readonly ((mount: Mount, parts: LabParts) => void)[] = [
  mountClock,
  mountFaults,
  mountInspector,
  mountLabTokens,
  mountLabMails,
  mountLabSignInLinks,
  mountSnapshots,
  mountLabWebhooks,
];

const UINT32 = 2 ** 32;

/** A number from 0 up to 1 of the world's own randomness. */
function randomOf(platform: () => Platform): () => number {
  return () => {
    const bytes = platform().world.random(4);
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / UINT32;
  };
}

async function startWorld(
  platform: Platform,
  fill: (world: World) => Promise<FilledWorld>,
  { snapshots, settings }: { snapshots: Snapshots; settings: LabSettings },
) {
  const { world } = platform;
  await restoreClock(world);
  const filled = await fill(world);
  const behaviour = settings.behaviour ?? (await readState<LoadState>(world, 'lab.world'))?.behaviour;
  if (behaviour) world.config.behaviour = behaviour;
  if (filled.loaded) await platform.scheduleWork();
  await snapshots.saveBase({ anew: filled.loaded });
  const { people, bots, loaded, notes } = filled;
  return { people, bots, loaded, lines: [...notes, ...reportLines(filled)] };
}

/**
 * Makes the lab plane of one platform: give its door and hooks to `createPlatform`, call `start`
 * before the platform listens or works, and `stop` before it is closed.
 */
export function createLab(settings: LabSettings): Lab {
  const gate = createWorldGate();
  const checkKey = createLabKeyCheck(settings.labKey);
  const exchanges = createExchangeLog();
  let parts: LabParts | undefined;
  let ahead: ReturnType<typeof readSource> | undefined;
  const ready = (): LabParts => {
    if (!parts) throw new Error('the door of the lab was not given to createPlatform');
    return parts;
  };
  const faults = createFaultBook(randomOf(() => ready().platform));

  return {
    hooks: {
      // The lab's own operations pass the gate: one of them holds it.
      enter(arrival) {
        const { base } = arrival.operation;
        if (base === LAB_BASE) return checkKey(arrival);
        return base === LAB_PAGE_BASE ? undefined : gate.enter(arrival.trace);
      },
      fault: (operation, actor) => faults.forRequest(operation, actor),
      finished(exchange) {
        gate.leave(exchange.trace);
        const { base, plane } = exchange.operation ?? {};
        if (base !== LAB_BASE && plane !== 'page') exchanges.add(exchange, ready().world.clock.now());
      },
    },
    door({ mount }, platform) {
      const snapshots = createSnapshots(platform, gate, settings, () => createLab(settings));
      parts = { platform, world: platform.world, faults, exchanges, snapshots, turns: createTurns() };
      platform.world.deliveryFault = faults.forDelivery;
      for (const mountPart of mounts) mountPart(mountForBoth(mount), parts);
    },
    readAhead(source) {
      ahead = readSource(source);
      // Whoever waits for it hears of it.
      ahead.catch(() => {});
    },
    start(platform, source) {
      const { snapshots } = ready();
      const read = ahead;
      // A world file may be large, and is needed once.
      ahead = undefined;
      const fill = (world: World) => fillWorld(world, source, read);
      return snapshots.alone(() => startWorld(platform, fill, { snapshots, settings }));
    },
    stop: async () => parts?.snapshots.stop(),
  };
}
