/** Thrown when the embedded PostgreSQL can never run on this machine (no binary for the platform, musl,
 *  a container in which root may not change its user id). The message names the reason and the remedy,
 *  `MOOT_DATABASE_URL`. */
export class EmbeddedUnavailable extends Error {
  override name = 'EmbeddedUnavailable';

  constructor(reason: string) {
    super(
      `The embedded PostgreSQL cannot run here: ${reason}. ` +
        'Set MOOT_DATABASE_URL to the URL of a PostgreSQL server, version 15 or newer.',
    );
  }
}
