export { BackupRefused } from './errors.ts';
export type { BackupManifest } from './manifest.ts';
export { keyOfBackup, type OpenBackup, openBackup } from './open-backup.ts';
export { restoreBackup } from './restore-backup.ts';
export { listTables, type TableFacts } from './schema-facts.ts';
export { writeBackup } from './write-backup.ts';
