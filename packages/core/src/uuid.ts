/** A UUID in its canonical lower-case text form. Storage and services know ids only in this form. */
export type Uuid = string & { readonly __uuid: unique symbol };

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// Every request makes ids: a table costs a quarter of writing each byte anew.
const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Reads a UUID of any version in either case; undefined when the text is none. */
export function parseUuid(text: string): Uuid | undefined {
  const lower = text.toLowerCase();
  return UUID_PATTERN.test(lower) ? (lower as Uuid) : undefined;
}

/**
 * Writes 16 bytes as a UUID.
 * @throws RangeError when there are not exactly 16 bytes
 */
export function uuidOfBytes(bytes: Uint8Array): Uuid {
  if (bytes.length !== 16) throw new RangeError(`a UUID has 16 bytes, not ${bytes.length}`);
  let text = '';
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += HEX_OF_BYTE[bytes[index]!];
  }
  return text as Uuid;
}

/** Fills an array with random bytes; the source of every random value of a world. */
export type RandomBytes = (length: number) => Uint8Array;

/** Makes ids of one world. */
export interface Ids {
  /** A new UUIDv7: ordered by the world's time, unique within a millisecond by a counter. */
  uuid(): Uuid;
}

/**
 * Ids that follow the world's clock: the 48-bit time is the world's, a 12-bit counter keeps
 * the order within a millisecond, 62 bits are random (RFC 9562, section 6.2, method 1). When the
 * counter is used up, such as under a frozen clock, the time of the ids runs ahead of the clock.
 */
export function createIds(nowMs: () => number, randomBytes: RandomBytes): Ids {
  let clockMs = -1;
  let stampMs = -1;
  let counter = 0;

  function nextStamp(seed: number): void {
    const now = nowMs();
    // A clock that was loaded from a snapshot may stand earlier: the new time then begins a new run.
    const isNewRun = now < clockMs || now > stampMs;
    clockMs = now;
    if (isNewRun || counter >= 0xfff) {
      stampMs = isNewRun ? now : stampMs + 1;
      counter = seed & 0x7f;
    } else counter += 1;
  }

  return {
    uuid() {
      const bytes = new Uint8Array(randomBytes(16));
      nextStamp(bytes[6]!);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, Math.floor(stampMs / 0x10000));
      view.setUint16(4, stampMs % 0x10000);
      view.setUint16(6, 0x7000 | counter);
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      return uuidOfBytes(bytes);
    },
  };
}
