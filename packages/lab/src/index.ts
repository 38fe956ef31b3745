export { createLab } from './create-lab.ts';
export { labOperations } from './lab-operations.ts';
export type { Lab } from './lab-types.ts';
