import { join } from 'node:path';

/** The whole environment of PostgreSQL's programs. Nothing is inherited but `PATH`: variables such as `PGDATA`
 *  or `PGOPTIONS` of the caller would change what they do. */
export function postgresEnvironment(native: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    LD_LIBRARY_PATH: join(native, 'lib'),
  };
}
