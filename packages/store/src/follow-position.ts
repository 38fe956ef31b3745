/**
 * What a follower of the event log has passed on: every event up to the place (`tx`, `seq`), and beyond it
 * those of the transactions in `handed`, which were handed over before the log was read that far.
 */
export type FollowPosition = {
  /** A transaction id, decimal. */
  tx: string;
  seq: number;
  /** Transaction ids, decimal, in no order; at most `MOST_HANDED`. */
  handed: readonly string[];
};

/** Transactions handed over beyond the place in the log, at most. */
export const MOST_HANDED = 512;

const FORM = /^(0|[1-9]\d{0,19})\.(0|[1-9]\d{0,15})((?:\.[0-9a-z]{1,10})*)$/;
const XID8_END = 2n ** 64n;

function byNumber(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** A position as compact text: `<tx>.<seq>`, then the distances of handed transactions in base 36. */
export function encodePosition({ tx, seq, handed }: FollowPosition): string {
  let before = BigInt(tx);
  const distances = handed
    .map(BigInt)
    .sort(byNumber)
    .map((id) => {
      const distance = id - before;
      before = id;
      return `.${distance.toString(36)}`;
    });
  return `${tx}.${seq}${distances.join('')}`;
}

/** A position from its text; undefined when it is malformed. */
export function decodePosition(text: string): FollowPosition | undefined {
  const [, tx, seq, rest] = FORM.exec(text) ?? [];
  if (tx === undefined || rest === undefined || !Number.isSafeInteger(Number(seq))) return undefined;
  const distances = rest.split('.').slice(1);
  if (distances.length > MOST_HANDED) return undefined;
  let last = BigInt(tx);
  const handed = distances.map((distance) => {
    last += BigInt(Number.parseInt(distance, 36));
    return `${last}`;
  });
  return last < XID8_END ? { tx, seq: Number(seq), handed } : undefined;
}
