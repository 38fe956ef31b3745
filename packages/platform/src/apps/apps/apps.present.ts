import { encodeWireId } from '@moothall/core';
import type { z } from 'zod';
import type { ScopeDrift } from '../../identity/grants/index.ts';
import type { app } from './app.contract.ts';
import type { ShownApp } from './apps.store.ts';
import { iconPathOf } from './integration-settings.ts';

type Wire = z.input<typeof app>;
type Embedded = NonNullable<Wire['embedded']>;

/** Address that a browser is sent to, so that a person can authorise an integration. */
function authorizationUrlOf(row: ShownApp, baseUrl: string): string {
  const query = new URLSearchParams({
    client_id: row.client_id,
    response_type: 'code',
    redirect_uri: row.redirect_uris[0] ?? '',
    scope: row.scopes.join(' '),
    state: 'set_state_here',
  });
  // Spaces as %20: not every client that copies it reads a plus as one.
  return `${baseUrl}/v1/authorize?${query.toString().replaceAll('+', '%20')}`;
}

function embeddedOf({ config }: ShownApp): Embedded {
  const { startUrl, meetingStartUrl, spaceStartUrl, sidebarStartUrl, summary, tagline } = config as Embedded;
  const optional = { startUrl, meetingStartUrl, spaceStartUrl, sidebarStartUrl, summary, tagline };
  const given = Object.entries(optional).filter(([, value]) => typeof value === 'string' && value !== '');
  return {
    ...(Object.fromEntries(given) as Partial<Embedded>),
    contexts: (config.contexts as string[] | undefined) ?? [],
    validDomains: (config.validDomains as string[] | undefined) ?? [],
    layout: (config.layout as string | undefined) ?? 'side_panel',
    sidebarAlwaysOn: config.sidebarAlwaysOn === true,
  };
}

/** What is particular to the kind of an app. */
function particulars(row: ShownApp, baseUrl: string, drift: readonly ScopeDrift[]): Partial<Wire> {
  const { scopes, config } = row;
  if (row.kind === 'bot' && row.person_id !== null && row.bot_email !== null) {
    const email = row.bot_email;
    const personId = encodeWireId('PEOPLE', row.person_id);
    return { bot: { personId, username: email.slice(0, email.lastIndexOf('@')), email } };
  }
  if (row.kind === 'integration') {
    const settings = {
      redirectUris: row.redirect_uris,
      scopes,
      usesMobileSdk: config.usesMobileSdk === true,
    };
    const authorizationUrl = authorizationUrlOf(row, baseUrl);
    return { integration: { ...settings, authorizationUrl, drift: [...drift] } };
  }
  if (row.kind === 'guest_issuer') return { guestIssuer: { issuerId: row.issuer_id ?? '' } };
  if (row.kind === 'service_app')
    return { serviceApp: { scopes, contactEmail: (config.contactEmail as string | undefined) ?? '' } };
  return row.kind === 'embedded' ? { embedded: embeddedOf(row) } : {};
}

function ownerOf(row: ShownApp): Wire['owner'] {
  if (row.owner_id === null || row.owner_email === null) return undefined;
  return {
    id: encodeWireId('PEOPLE', row.owner_id),
    email: row.owner_email,
    displayName: row.owner_name ?? row.owner_email,
    active: row.owner_active,
  };
}

/**
 * An app as its owner's pages show it.
 * @param drift of an integration: scopes that people who authorised it have not allowed it
 */
export function presentApp(row: ShownApp, baseUrl: string, drift: readonly ScopeDrift[] = []): Wire {
  const [owner, iconPath] = [ownerOf(row), iconPathOf(row)];
  return {
    id: row.id,
    type: row.kind,
    name: row.name,
    description: row.description,
    iconName: row.icon_name as Wire['iconName'],
    ...(iconPath !== undefined && { iconUrl: baseUrl + iconPath }),
    state: row.state,
    clientId: row.client_id,
    applicationId: encodeWireId('APPLICATION', row.client_id),
    orgId: encodeWireId('ORGANIZATION', row.org_id),
    ...(owner && { owner }),
    ...particulars(row, baseUrl, drift),
    created: row.created.toISOString(),
    lastModified: (row.last_modified ?? row.created).toISOString(),
    version: String(row.version),
  };
}
