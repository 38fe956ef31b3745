import { emailText, timestamp } from '@moothall/contract';
import { limitLedger, parseUuid, type Uuid } from '@moothall/core';
import { z } from 'zod';

/** Name by which entries of a file refer to each other. */
export const key = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
    'expected a key of letters, digits, dots, dashes and underscores',
  );

/** An id that the file fixes. */
export const uuid = z.string().transform((text, context): Uuid => {
  const id = parseUuid(text);
  if (id) return id;
  context.issues.push({
    code: 'custom',
    message: `'${text}' is no UUID: write it as 8-4-4-4-12 hexadecimal digits`,
    input: text,
  });
  return z.NEVER;
});

/** A person's address. */
export const email = emailText;

/** A name that is shown. */
export const name = z.string().trim().min(1, 'it is empty').max(limitLedger['room.title'].value);

/** A time of the world. */
export const time = timestamp;

/** A DNS name such as `acme.test`. */
export const hostName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i, 'expected a host name');

/** A scope such as `spark:rooms_read`. */
export const scope = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'expected a scope such as spark:rooms_read');

/** Literal token; `<org>` stands for the organisation's UUID. */
export const tokenText = z
  .string()
  .max(512)
  .regex(
    /^[A-Za-z0-9.~+/=-]+_[A-Za-z0-9.~+/=-]+_(<org>|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/,
    "a token has three parts joined by '_', the third the organisation's UUID or <org>, such as YWRhdG9rZW4_P0A1_<org>",
  );

/** Text of a message, in its limit of UTF-8 bytes. */
export const messageText = z
  .string()
  .min(1, 'it is empty')
  .refine(
    (text) => new TextEncoder().encode(text).length <= limitLedger['message.body'].value,
    `a message has at most ${limitLedger['message.body'].value} bytes`,
  );
