// What runs in a browser of the platform: contracts and errors that our own pages call by. Nothing else belongs here.
export * from './identity/sign-in/sign-in.contract.ts';
export { tokenErrors } from './identity/tokens/tokens.errors.ts';
