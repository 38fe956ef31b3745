import { ApiError, decodeWireUuid, encodeWireId, type Uuid } from '@moothall/core';
import { findPersonByEmail, findPersonFacts, type PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { findMentions, type MentionRef, type MentionTarget, renderMarkdown } from '../markdown/index.ts';
import { messageErrors } from './messages.errors.ts';
import type { MessageRow } from './messages.store.ts';

/** The words of a message in all forms that are stored. */
export type MessageBody = Pick<
  MessageRow,
  'text' | 'markdown' | 'html' | 'mentionedPeople' | 'mentionedGroups'
>;

/** Says whether a person is in the room that a message goes to. */
export type MembershipTest = (personId: Uuid) => boolean | Promise<boolean>;

const PLAIN = { markdown: null, html: null, mentionedPeople: null, mentionedGroups: null } as const;

function keyOf(ref: MentionRef): string {
  return ref.kind === 'all' ? 'all' : `${ref.kind}:${ref.value}`;
}

async function personOf(world: World, ref: MentionRef): Promise<PersonFacts | undefined> {
  if (ref.kind === 'all') return undefined;
  if (ref.kind === 'personEmail') return findPersonByEmail(world, ref.value);
  const id = decodeWireUuid(['PEOPLE'], ref.value);
  return id && findPersonFacts(world, id);
}

async function targetsOf(
  world: World,
  markdown: string,
  isMember: MembershipTest,
): Promise<Map<string, MentionTarget>> {
  const targets = new Map<string, MentionTarget>();
  for (const ref of findMentions(markdown)) {
    if (ref.kind === 'all' || targets.has(keyOf(ref))) continue;
    const person = await personOf(world, ref);
    if (!person || person.deleted || !(await isMember(person.id))) {
      const parameters = { who: `${ref.kind} ${ref.value}` };
      throw new ApiError(messageErrors['message.mention_unknown'], { parameters });
    }
    const { id, displayName } = person;
    targets.set(keyOf(ref), { id, displayName, wireId: encodeWireId('PEOPLE', id) });
  }
  return targets;
}

const orNull = <T>(list: readonly T[]): T[] | null => (list.length > 0 ? [...list] : null);

/** The body of a message that has no markdown. */
export function plainBody({ text }: { text: string | undefined }): MessageBody {
  return { text: text ?? null, ...PLAIN };
}

/**
 * Renders the words of a message. With markdown and text both given, the text stays as it is (documented:
 * an alternate for clients without rich text); mentions are read from markdown only.
 * @throws ApiError `message.mention_unknown` for who is not in the room (decided)
 */
export async function renderBody(
  world: World,
  words: { text: string | undefined; markdown: string | undefined },
  isMember: MembershipTest,
): Promise<MessageBody> {
  const { text, markdown } = words;
  if (markdown === undefined) return plainBody(words);
  const targets = await targetsOf(world, markdown, isMember);
  const rendered = renderMarkdown(markdown, (ref) => targets.get(keyOf(ref)));
  return {
    text: text ?? rendered.text,
    markdown,
    html: rendered.html,
    mentionedPeople: orNull(rendered.mentionedPeople as Uuid[]),
    mentionedGroups: orNull(rendered.mentionedGroups),
  };
}
