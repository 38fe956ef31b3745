import type { PageDeclaration } from '../../app/page-declaration.ts';

/** Webhooks of a developer and of their bots, and what became of each delivery. */
export const webhookPages: readonly PageDeclaration[] = [
  { path: '/webhooks', load: () => import('./webhooks.tsx') },
  { path: '/webhooks/$id', load: () => import('./webhook.tsx') },
];
