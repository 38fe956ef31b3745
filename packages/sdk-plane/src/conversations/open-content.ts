import { encodeWireId, parseUuid } from '@moothall/core';
import { type Decider, decryptContent, type World } from '@moothall/platform';

/** Where content comes from: whose it is, and which key they say that they used. */
export type Sealed = { decider: Decider; encryptionKeyUrl: string | null | undefined };

/**
 * Content as it was before its sender encrypted it; without the name of a key it came as it is.
 * @param field its name, for the refusal
 * @throws ApiError 400 `kms.content_unreadable`, 404 `kms.key_not_found`
 */
export async function openContent(
  world: World,
  { decider, encryptionKeyUrl }: Sealed,
  { text, field }: { text: string | undefined; field: string },
): Promise<string | undefined> {
  if (text === undefined || text === '' || !encryptionKeyUrl) return text;
  return decryptContent(world, decider, encryptionKeyUrl, { jwe: text, field });
}

const MENTION =
  /<spark-mention\b[^<>]{0,400}?data-object-type="(person|groupMention)"[^<>]{0,400}>([^<>]{0,400})<\/spark-mention>/g;
const PERSON = /data-object-id="([^"<>]{1,200})"/;

/** The HTML of a comment as markdown with HTML in it, mentions in the form of markdown. */
export function markdownOf(html: string): string {
  return html.replace(MENTION, (whole, type: string, name: string) => {
    if (type === 'groupMention') return '<@all>';
    const id = PERSON.exec(whole)?.[1];
    const uuid = id === undefined ? undefined : parseUuid(id);
    const wireId = uuid ? encodeWireId('PEOPLE', uuid) : id;
    return wireId === undefined ? name : `<@personId:${wireId}|${name}>`;
  });
}
