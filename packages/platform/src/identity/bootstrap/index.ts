export { bootstrapErrors } from './bootstrap.errors.ts';
export {
  type CreatedOrganization,
  createFirstOrganization,
  type FirstOrganization,
} from './create-organization.ts';
