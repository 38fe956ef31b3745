import { resource } from '../../resource.ts';
import { deleteReceiptsOf } from './read-receipts.store.ts';
import { readReceiptMigrations } from './read-receipts.table.ts';

export { acknowledge } from './acknowledge.ts';
export { type ReadReceipt, receiptsOfPerson, receiptsOfRoom } from './read-receipts.store.ts';

/** Up to where people have read rooms; sdk-plane has the operation. */
export const readReceipts = resource({
  name: 'read-receipts',
  area: 'messaging',
  operations: [],
  migrations: readReceiptMigrations,
  personDeleted: (_world, tx, personId) => deleteReceiptsOf(tx.db, personId),
});
