import type { Cast } from './cast.ts';

/** Something of a world file whose feature is not there yet: kept with the world, without effect. */
export type PendingItem = { what: string; key: string; config: Record<string, unknown> };

/**
 * Keeps what is not active yet: workspaces as they are; embedded apps are only named.
 * @returns what `moot` tells at the start
 */
export function keepPending(cast: Cast): PendingItem[] {
  const items: PendingItem[] = [];
  for (const org of cast.orgs) {
    for (const { type, key } of org.entry.apps)
      if (type === 'embedded') items.push({ what: 'app of type embedded', key, config: {} });
    for (const [index, workspace] of org.entry.workspaces.entries())
      items.push({ what: 'workspace', key: workspace.key ?? String(index), config: { ...workspace } });
  }
  return items;
}
