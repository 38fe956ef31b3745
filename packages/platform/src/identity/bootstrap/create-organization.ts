import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { isDuplicate } from '../../conflicts.ts';
import { addPerson } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { addLicense, defaultLicenses } from '../licenses/index.ts';
import { addOrganization, findOrganizationIdByDomain, isDomain, lockDomain } from '../organizations/index.ts';
import { createSignInLink } from '../sign-in-links/index.ts';
import { mintToken } from '../tokens/index.ts';
import { adminScopes } from './admin-scopes.ts';
import { bootstrapErrors } from './bootstrap.errors.ts';

/** What an operator says of a new organisation. */
export type FirstOrganization = { displayName: string; domain: string; adminEmail: string };

/**
 * The new organisation, its first administrator and that person's personal token; ids in storage form. The
 * link signs them in to the pages once, within a day.
 */
export type CreatedOrganization = {
  orgId: Uuid;
  personId: Uuid;
  token: string;
  expiresAt: Date;
  /** For `signInUrl`. */
  linkToken: string;
};

const EMAIL = /^[^\s@"<>(),;:\\[\]\0]{1,64}@[^\s@]{1,189}$/;
const NAME_LENGTH = 256;

function invalid(field: string, remedy: string): ApiError {
  return new ApiError(bootstrapErrors['bootstrap.invalid'], { parameters: { field, remedy } });
}

function checked(request: FirstOrganization): FirstOrganization {
  const displayName = request.displayName.trim();
  const domain = request.domain.trim().toLowerCase();
  const adminEmail = request.adminEmail.trim();
  const [, mailDomain = ''] = adminEmail.split('@');
  if (displayName === '' || displayName.length > NAME_LENGTH || displayName.includes('\0')) {
    throw invalid('name', `give a name of 1 to ${NAME_LENGTH} characters.`);
  }
  if (!isDomain(domain)) throw invalid('domain', 'give a mail domain such as example.com.');
  if (!EMAIL.test(adminEmail) || !isDomain(mailDomain.toLowerCase())) {
    throw invalid('adminEmail', 'give an address such as admin@example.com.');
  }
  return { displayName, domain, adminEmail };
}

async function insert(world: World, tx: Tx, request: FirstOrganization): Promise<CreatedOrganization> {
  const { displayName, domain, adminEmail } = request;
  await lockDomain(tx.db, domain);
  if (await findOrganizationIdByDomain(tx.db, domain)) {
    throw new ApiError(bootstrapErrors['bootstrap.domain_taken'], { parameters: { domain } });
  }
  const orgId = await addOrganization(world, tx, { displayName, domains: [domain] });
  for (const license of defaultLicenses(orgId)) await addLicense(world, tx, license);
  const personId = await addPerson(world, tx, {
    orgId,
    email: adminEmail,
    displayName: adminEmail.split('@')[0]!,
    roles: ['full_admin'],
    licenses: ['messaging', 'meetings'],
  });
  const lifetimeSeconds = world.limits.get('token.personal_lifetime');
  const scopes = adminScopes(world);
  const { token, expiresAt } = await mintToken(world, tx, { personId, orgId, scopes, lifetimeSeconds });
  const link = await createSignInLink(world, tx, { personId, orgId, purpose: 'first_administrator' });
  return { orgId, personId, token, expiresAt: expiresAt!, linkToken: link.token };
}

/**
 * Creates an organisation with its default licences, a full administrator who holds messaging and
 * meetings, and a personal token of theirs (12 hours, as F15's personal tokens): what a production
 * deployment begins with. It works beside a running server.
 * @throws ApiError `bootstrap.invalid`, `bootstrap.domain_taken`, `bootstrap.email_taken`
 */
export async function createFirstOrganization(
  world: World,
  request: FirstOrganization,
): Promise<CreatedOrganization> {
  const valid = checked(request);
  try {
    return await world.store.tx((tx) => insert(world, tx, valid));
  } catch (error) {
    if (!isDuplicate(error, 'person_email')) throw error;
    const parameters = { email: valid.adminEmail };
    throw new ApiError(bootstrapErrors['bootstrap.email_taken'], { parameters, cause: error });
  }
}
