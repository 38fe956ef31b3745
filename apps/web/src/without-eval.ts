import { z } from 'zod';

// Imported before any contract: zod would compile schemas by eval, which the policy of the pages forbids.
z.config({ jitless: true });
