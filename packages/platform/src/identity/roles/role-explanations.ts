import type { RoleName } from '@moothall/contract';

/** What each role lets its holder do, in plain words. */
export const roleExplanations: Readonly<Record<RoleName, string>> = {
  full_admin:
    'Everything in this organisation: people and their roles, licences, apps, devices, settings and the audit log.',
  readonly_admin: 'Sees what a full administrator sees, and changes nothing.',
  user_admin:
    'Adds, changes, deactivates and deletes people and gives them licences. Gives no roles, and leaves people with privileged roles alone.',
  device_admin: 'Looks after devices and workspaces.',
  compliance_officer:
    'Reads rooms, messages and memberships of all people of this organisation, and deletes messages. Sees no settings.',
  site_admin: 'Looks after the meeting site and the meetings on it.',
  support_admin: 'Sees the quality and the troubles of meetings and devices.',
};
