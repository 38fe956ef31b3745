import { resource } from '../../resource.ts';
import { changeBotPolicy, listBots } from './bot-policies.contract.ts';
import { botPolicyErrors } from './bot-policies.errors.ts';
import { mountBotPolicies } from './bot-policies.routes.ts';
import { botPolicyMigrations } from './bot-policies.table.ts';

export { assertBotMayJoin } from './assert-bot-may-join.ts';

/** Which bots organisations let into spaces. */
export const botPolicies = resource({
  name: 'bot-policies',
  area: 'apps',
  operations: [listBots, changeBotPolicy],
  errors: botPolicyErrors,
  routes: mountBotPolicies,
  migrations: botPolicyMigrations,
});
