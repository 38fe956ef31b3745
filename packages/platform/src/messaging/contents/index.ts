import { resource } from '../../resource.ts';
import { getContent, headContent } from './contents.contract.ts';
import { contentErrors } from './contents.errors.ts';
import { mountContents } from './contents.routes.ts';

/** Files of messages, as downloads. */
export const contents = resource({
  name: 'contents',
  area: 'messaging',
  operations: [getContent, headContent],
  errors: contentErrors,
  routes: mountContents,
});
