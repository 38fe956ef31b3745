import { fileURLToPath } from 'node:url';
import type { Door } from '@moothall/platform';

// The same place from the source and from the bundle.
const built = fileURLToPath(new URL('../../web/dist', import.meta.url));

/**
 * The door of the web pages: account, developer portal and administration, as apps/web builds them.
 * @throws Error when they were not built
 */
export const webDoor: Door = (door, { world }) => {
  const { mode, behaviour, supportContact } = world.config;
  door.serveWebsite({
    folder: built,
    entries: { '/account': 'account', '/portal': 'portal', '/hub': 'hub' },
    home: '/portal',
    facts: { mode, behaviour, 'support-contact': supportContact },
  });
};
