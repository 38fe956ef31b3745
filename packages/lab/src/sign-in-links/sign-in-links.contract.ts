import { emailText } from '@moothall/contract';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

/** Makes a link that signs a person in to the pages, as often as it is opened. */
export const makeLabSignInLink = labOperation({
  id: 'lab.signInLinks.create',
  method: 'POST',
  path: '/sign-in-links',
  summary: 'Make a link that signs a person in to the pages',
  body: z.object({ personEmail: emailText }),
  response: z.strictObject({ url: z.url() }),
  errors: [labErrors['lab.person_not_found']],
  testedBy: ['packages/lab/src/sign-in-links/sign-in-links.test.ts'],
});
