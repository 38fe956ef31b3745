import { runTool } from './tool.mjs';

/** Files, exports and dependencies that nobody uses, and imports that no package.json lists. */
export const deadCode = {
  name: 'dead-code',
  run: (root) => runTool(root, 'knip', ['--no-progress', '--no-config-hints', '--reporter=compact']),
};
