// Stands in for zod in the pages' build (scripts/build/pages.mjs), so that it is set up before any contract is made:
// zod would compile schemas by eval, which the policy of the pages forbids.
import { config } from 'zod/v4';

config({ jitless: true });

export * from 'zod/v4';
