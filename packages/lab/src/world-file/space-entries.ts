import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { entry } from './entry.ts';
import { key, messageText, name, uuid } from './field-forms.ts';

const file = entry({
  name: z.string().min(1).max(255),
  /** Content type; that of the name's extension unless said. */
  type: z.string().max(255).optional(),
  /** Content of a text file. */
  text: z.string().max(1_000_000),
});

const description = z.string().max(limitLedger['room.description'].value);

/** A message: text, markdown, a file or a card, alone or together. */
export const message = entry({
  /** Needed by replies only. */
  key: key.optional(),
  /** Who wrote it. */
  by: key,
  text: messageText.optional(),
  markdown: messageText.optional(),
  /** Key of an earlier message of this room that it answers. */
  parent: key.optional(),
  file: file.optional(),
  /** An Adaptive Card. */
  card: z.looseObject({ type: z.literal('AdaptiveCard') }).optional(),
})
  .refine(
    (value) => [value.text, value.markdown, value.file, value.card].some((part) => part !== undefined),
    'a message needs text, markdown, file or card',
  )
  .refine(
    (value) => value.card === undefined || value.text !== undefined || value.markdown !== undefined,
    'a card needs text or markdown too, for clients that show no cards',
  );

/** A room; the creator is a member even where it is not listed. */
export const room = entry({
  key: key.optional(),
  id: uuid.optional(),
  title: name,
  /** The first member unless said. */
  creator: key.optional(),
  members: z.array(key).default([]),
  /** Members who moderate; the creator of a locked room is one of them. */
  moderators: z.array(key).default([]),
  team: key.optional(),
  description: description.optional(),
  isLocked: z.boolean().default(false),
  isPublic: z.boolean().default(false),
  isAnnouncementOnly: z.boolean().default(false),
  messages: z.array(message).default([]),
});

/** A team. */
export const team = entry({
  key: key.optional(),
  id: uuid.optional(),
  name,
  description: description.optional(),
  /** The first member unless said. */
  creator: key.optional(),
  members: z.array(key).min(1, 'a team needs a member'),
});

const device = entry({
  key: key.optional(),
  id: uuid.optional(),
  product: name,
  displayName: name.optional(),
  online: z.boolean().default(true),
});

/** A workspace with its devices: kept until devices are there. */
export const workspace = entry({
  key: key.optional(),
  id: uuid.optional(),
  displayName: name,
  devices: z.array(device).default([]),
});
