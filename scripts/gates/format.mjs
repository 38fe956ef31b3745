import { runTool } from './tool.mjs';

/** Format and lint by Biome, warnings included; its plugin forbids reading the time past the world's clock. */
export const format = {
  name: 'format',
  run: (root) =>
    runTool(root, 'biome', [
      'check',
      '--error-on-warnings',
      '--diagnostic-level=warn',
      '--max-diagnostics=50',
      '--colors=off',
      '.',
    ]),
};
