export { createLab } from './create-lab.ts';
export type { Lab } from './lab-types.ts';
