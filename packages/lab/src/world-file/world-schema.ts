import { z } from 'zod';
import { entry } from './entry.ts';
import { hostName, key, name, time, uuid } from './field-forms.ts';
import { app, type bot, person } from './people-entries.ts';
import { type message, room, team, workspace } from './space-entries.ts';

const org = entry({
  key,
  id: uuid.optional(),
  displayName: name,
  profile: z.enum(['standard', 'gov']).default('standard'),
  domains: z.array(hostName).default([]),
  siteUrl: hostName.optional(),
  people: z.array(person).default([]),
  apps: z.array(app).default([]),
  workspaces: z.array(workspace).default([]),
  teams: z.array(team).default([]),
  rooms: z.array(room).default([]),
});

/** The world file. */
export const worldSchema = entry({
  /** Where the world's clock starts; the machine's time unless said. */
  clock: time.optional(),
  /** Whether the clock stands still at the start. */
  frozen: z.boolean().default(false),
  behaviour: z.enum(['faq', 'cloud']).optional(),
  orgs: z.array(org).min(1, 'a world needs an organisation'),
});

/** A world file whose form and references were checked. */
export type WorldFile = z.output<typeof worldSchema>;

/** An organisation of a world file. */
export type OrgEntry = z.output<typeof org>;

/** A person of a world file. */
export type PersonEntry = z.output<typeof person>;

/** A bot of a world file. */
export type BotEntry = z.output<typeof bot>;

/** An app of a world file. */
export type AppEntry = z.output<typeof app>;

/** A room of a world file. */
export type RoomEntry = z.output<typeof room>;

/** A team of a world file. */
export type TeamEntry = z.output<typeof team>;

/** A message of a world file. */
export type MessageEntry = z.output<typeof message>;
