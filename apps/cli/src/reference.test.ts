import { expect, it } from 'vitest';
import { commands } from './commands.ts';
import { renderReference } from './reference.ts';

it('the reference page says what the commands are; write it anew with vitest -u', async () => {
  await expect(renderReference(commands)).toMatchFileSnapshot('../../../docs/reference/cli.md');
});
