import type { Entries } from '../entry.ts';

/** Rooms, teams, their members and tabs, messages, files and cards. */
export const messagingRequests: Entries = {
  'rooms.list': { unbound: true, request: () => ({}) },
  'rooms.create': { unbound: true, request: () => ({ body: { title: 'Room' } }) },
  'rooms.get': { request: async (make) => ({ path: { roomId: await make.room() } }) },
  'rooms.update': {
    request: async (make) => ({ path: { roomId: await make.room() }, body: { title: make.name() } }),
  },
  'rooms.delete': { request: async (make) => ({ path: { roomId: await make.room() } }) },
  'rooms.meeting-info': {
    refusesWith: 404,
    request: async (make) => ({ path: { roomId: await make.room() } }),
  },
  'memberships.list': { request: async (make) => ({ query: { roomId: await make.room() } }) },
  'memberships.create': {
    request: async (make) => ({ body: { roomId: await make.room(), personId: make.ben.wireId } }),
  },
  'memberships.get': { request: async (make) => ({ path: { membershipId: await make.membership() } }) },
  'memberships.update': {
    async request(make) {
      return { path: { membershipId: await make.membership() }, body: { isModerator: true } };
    },
  },
  'memberships.delete': { request: async (make) => ({ path: { membershipId: await make.membership() } }) },
  'room-tabs.list': { request: async (make) => ({ query: { roomId: (await make.tab()).roomId } }) },
  'room-tabs.create': {
    async request(make) {
      const roomId = await make.room();
      return { body: { roomId, displayName: make.name(), contentUrl: 'https://tab.test/y' } };
    },
  },
  'room-tabs.get': { request: async (make) => ({ path: { id: (await make.tab()).id } }) },
  'room-tabs.update': {
    async request(make) {
      const { id, roomId } = await make.tab();
      return { path: { id }, body: { roomId, displayName: make.name(), contentUrl: 'https://tab.test/z' } };
    },
  },
  'room-tabs.delete': { request: async (make) => ({ path: { id: (await make.tab()).id } }) },
  'teams.list': { unbound: true, request: () => ({}) },
  'teams.create': { unbound: true, request: () => ({ body: { name: 'Team' } }) },
  'teams.get': { request: async (make) => ({ path: { teamId: await make.team() } }) },
  'teams.update': {
    request: async (make) => ({ path: { teamId: await make.team() }, body: { name: make.name() } }),
  },
  'teams.delete': { request: async (make) => ({ path: { teamId: await make.team() } }) },
  'team-memberships.list': { request: async (make) => ({ query: { teamId: await make.team() } }) },
  'team-memberships.create': {
    request: async (make) => ({ body: { teamId: await make.team(), personId: make.ben.wireId } }),
  },
  'team-memberships.get': {
    request: async (make) => ({ path: { membershipId: await make.teamMembership() } }),
  },
  'team-memberships.update': {
    async request(make) {
      return { path: { membershipId: await make.teamMembership() }, body: { isModerator: true } };
    },
  },
  'team-memberships.delete': {
    request: async (make) => ({ path: { membershipId: await make.teamMembership() } }),
  },
  'messages.create': {
    request: async (make) => ({ body: { roomId: await make.room(), text: make.name() } }),
  },
  'messages.list': { request: async (make) => ({ query: { roomId: (await make.message()).roomId } }) },
  'messages.list_direct': {
    async request(make) {
      await make.post('/messages', { toPersonId: make.ben.wireId, text: make.name() });
      return { query: { personId: make.ben.wireId } };
    },
  },
  'messages.get': { request: async (make) => ({ path: { messageId: (await make.message()).id } }) },
  'messages.update': {
    async request(make) {
      const { id, roomId } = await make.message();
      return { path: { messageId: id }, body: { roomId, text: make.name() } };
    },
  },
  'messages.delete': { request: async (make) => ({ path: { messageId: (await make.message()).id } }) },
  'contents.get': { request: async (make) => ({ path: { contentId: await make.content() } }) },
  'contents.head': { request: async (make) => ({ path: { contentId: await make.content() } }) },
  'attachmentActions.create': {
    async request(make) {
      return { body: { type: 'submit', messageId: (await make.action()).messageId, inputs: {} } };
    },
  },
  'attachmentActions.get': { request: async (make) => ({ path: { id: (await make.action()).id } }) },
};
