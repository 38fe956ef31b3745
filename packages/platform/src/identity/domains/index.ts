import { Page } from '@moothall/http';
import { resource } from '../../resource.ts';
import { showHubOrganization } from '../organizations/index.ts';
import { claimDomain, listDomains } from './domains.contract.ts';
import { claimDomain as claim } from './domains.service.ts';

/** Mail domains of organisations. */
export const domains = resource({
  name: 'domains',
  area: 'identity',
  operations: [listDomains, claimDomain],
  routes(mount, world) {
    mount(listDomains, async (request) => {
      const { domains: names } = await showHubOrganization(world, request);
      return new Page(names.map((name) => ({ name, status: 'verified' as const })));
    });
    mount(claimDomain, async (request) => ({
      name: await claim(world, request, request.body.name),
      status: 'verified' as const,
    }));
  },
});
