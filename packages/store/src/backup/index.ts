export { BackupRefused } from './errors.ts';
export type { BackupFile, BackupManifest, BackupTable } from './manifest.ts';
export { keyOfBackup, type OpenBackup, openBackup } from './open-backup.ts';
export { restoreBackup } from './restore-backup.ts';
export { type BackupRequest, writeBackup } from './write-backup.ts';
