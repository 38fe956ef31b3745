import type { RoleName } from '@moothall/contract';
import type { Door, Platform, PlatformHooks } from '@moothall/platform';
import type { DatabaseAddress } from '@moothall/store';

/** What the lab needs from its deployment. */
export type LabSettings = {
  /** Bearer key of `/lab/v1`. */
  labKey: string;
  /** A database of the same server, to create and drop others from; it may be known later, before `start`. */
  maintenance: DatabaseAddress | Promise<DatabaseAddress>;
  /** What the command line says; it wins over the world file's `behaviour`. */
  behaviour?: 'faq' | 'cloud';
  /**
   * Opens a platform over a fork's database with the door and hooks of `lab`, calls `lab.start`, and
   * listens on a free port. Absent: forks are refused.
   */
  startFork?(database: DatabaseAddress, lab: Lab): Promise<RunningFork>;
};

/** A fork that listens. */
export type RunningFork = { baseUrl: string; close(): Promise<void> };

/** Where the world comes from when the database is empty. */
export type WorldSource = {
  /** Path of a world file. */
  worldFile?: string;
  /** Whether the demo world is loaded where no file is given. */
  demo: boolean;
};

/** Somebody of the loaded world, with tokens to act as them. */
export type ReportedPerson = {
  email: string;
  displayName: string;
  roles: RoleName[];
  token?: string;
  /** Of a link that signs them in as often as it is opened; absent in worlds that were loaded before there were any. */
  signInToken?: string;
};

/** A bot of the loaded world. */
export type ReportedBot = { email: string; displayName: string; token: string };

/** What a start tells about the world. */
export type LabReport = {
  /** Lines to print. */
  lines: string[];
  people: ReportedPerson[];
  bots: ReportedBot[];
  /** Whether this start filled the database. */
  loaded: boolean;
};

/** The lab plane of one platform. */
export interface Lab {
  /** Go to `createPlatform`, together with the door. */
  hooks: PlatformHooks;
  door: Door;
  /** Reads the world of a source that is sure to be loaded, while its database is being made. */
  readAhead(source: WorldSource): void;
  /**
   * Sets the clock as it was stored, fills an empty database, and keeps the state that `reset` returns to.
   * To be called before the platform listens or works.
   * @throws WorldFileError with all errors of the world file
   */
  start(platform: Platform, source: WorldSource): Promise<LabReport>;
  /** Ends the forks and the connection to the maintenance database. */
  stop(): Promise<void>;
}
