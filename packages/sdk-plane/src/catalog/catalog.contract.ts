import { operation, userAccess } from '@moothall/contract';
import { z } from 'zod';

const common = {
  base: '/u2c/api/v1',
  method: 'GET',
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/catalog/catalog.test.ts'] },
} as const;

/** `format` U2CV2 asks for the newer form; programs send more, which changes nothing. */
const query = z.looseObject({ format: z.string().optional(), orgId: z.string().optional() });

const serviceHost = z.strictObject({
  /** Without a port: the program adds that of the link. */
  host: z.string(),
  ttl: z.int(),
  priority: z.int(),
  id: z.string(),
});

/** Links by the names of services, and hosts by the host of a link. */
const hostMap = z.strictObject({
  serviceLinks: z.record(z.string(), z.string()),
  hostCatalog: z.record(z.string(), z.array(serviceHost)),
  format: z.literal('hostmap'),
});

/** The newer form: each service with its URLs. */
const serviceMap = z.strictObject({
  activeServices: z.record(z.string(), z.string()),
  services: z.array(
    z.strictObject({
      id: z.string(),
      serviceName: z.string(),
      serviceUrls: z.array(z.strictObject({ baseUrl: z.string(), host: z.string(), priority: z.int() })),
    }),
  ),
  timestamp: z.string(),
  orgId: z.string(),
  format: z.literal('U2CV2'),
});

/** A catalog of services in either form. */
export const catalogBody = z.union([hostMap, serviceMap]);

/** Services for a program that has no token yet. */
export const getLimitedCatalog = operation({
  ...common,
  id: 'sdk.catalog.limited',
  path: '/limited/catalog',
  summary: 'List the services of the SDK before sign-in',
  query,
  response: catalogBody,
});

/** Services for whoever signed in. */
export const getCatalog = operation({
  ...common,
  id: 'sdk.catalog.get',
  path: '/catalog',
  summary: 'List the services of the SDK',
  access: userAccess(),
  query,
  response: catalogBody,
});

/** Services for a program that signs somebody in, with its own token. */
export const getSignInCatalog = operation({
  ...common,
  id: 'sdk.catalog.signIn',
  path: '/signin/catalog',
  summary: 'List the services of the SDK at sign-in',
  access: userAccess(),
  query,
  response: catalogBody,
});
