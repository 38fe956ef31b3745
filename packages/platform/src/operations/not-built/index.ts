export { mountNotBuilt } from './not-built.ts';
