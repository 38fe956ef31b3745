import { runTool } from './tool.mjs';

/** The whole repository as one TypeScript program. */
export const types = {
  name: 'types',
  run: (root) => runTool(root, 'tsc', ['-p', 'tsconfig.json', '--noEmit', '--pretty', 'false']),
};
