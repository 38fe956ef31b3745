/** A backup that cannot be written or used; the message names what is wrong and the remedy. Nothing was changed. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}
