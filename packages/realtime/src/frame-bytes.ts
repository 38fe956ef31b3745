const TEXT_FRAME = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;
const DIGITS = 10;
const ZERO = 48;
const SPACE = 32;

/** What the envelope of a message says beside its sequence number. */
export type Envelope = {
  id: string;
  /** `data` as JSON. */
  data: string;
  trackingId: string;
  timestampMs: number;
  /** Where a client that was away goes on; for those that asked for it. */
  cursor?: string;
};

function frameHead(length: number): Buffer {
  if (length < LENGTH_IN_2_BYTES) return Buffer.from([TEXT_FRAME, length]);
  const isShort = length < 0x10000;
  const head = Buffer.alloc(isShort ? 4 : 10);
  head[0] = TEXT_FRAME;
  head[1] = isShort ? LENGTH_IN_2_BYTES : LENGTH_IN_8_BYTES;
  if (isShort) head.writeUInt16BE(length, 2);
  else head.writeUInt32BE(length, 6);
  return head;
}

/** A text as a whole WebSocket frame of a server: unmasked, not compressed. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([frameHead(payload.length), payload]);
}

/**
 * A message for many sockets: its bytes are made once. Sockets differ by the sequence number alone, which
 * stands behind blanks, as JSON allows, so that neither length nor head depend on it.
 */
export class SharedFrame {
  readonly #bytes: Buffer;
  readonly #numberEnd: number;
  #lastNumber = -1;
  #last: Buffer | undefined;

  constructor({ id, data, trackingId, timestampMs, cursor }: Envelope) {
    const before = `{"id":${JSON.stringify(id)},"sequenceNumber":${' '.repeat(DIGITS)}`;
    const extra = cursor === undefined ? '' : `,"cursor":${JSON.stringify(cursor)}`;
    const rest = `,"data":${data},"timestamp":${timestampMs},"trackingId":${JSON.stringify(trackingId)},"alertType":"full","headers":{}${extra},"filterMessage":false,"wsWriteTimestamp":${timestampMs}}`;
    const payload = Buffer.from(before + rest);
    const head = frameHead(payload.length);
    this.#bytes = Buffer.concat([head, payload]);
    this.#numberEnd = head.length + Buffer.byteLength(before);
  }

  /** The frame with a number; the same bytes again for the same number as the last time. */
  numbered(sequenceNumber: number): Buffer {
    if (this.#last && this.#lastNumber === sequenceNumber) return this.#last;
    const frame = Buffer.from(this.#bytes);
    let at = this.#numberEnd;
    for (let left = sequenceNumber; at > this.#numberEnd - DIGITS; left = Math.floor(left / 10)) {
      const isBlank = left === 0 && at < this.#numberEnd;
      frame[--at] = isBlank ? SPACE : ZERO + (left % 10);
    }
    this.#last = frame;
    this.#lastNumber = sequenceNumber;
    return frame;
  }
}
