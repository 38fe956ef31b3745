// Members of one room in one process: one posts, all must receive. Reads a job on stdin, prints what it measured.
import { joinBare, joinBySocket, postBare, postMessage } from './moot-client.mjs';
import { enterRoom } from './xmpp-client.mjs';

const LONGEST_MARK = 24;

/** Calls back with the number of each mark `<prefix>N;` that comes, also where a mark is cut in two. */
function marks(prefix, onMark) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const found = data.indexOf(prefix, at);
      if (found < 0) break;
      const end = data.indexOf(59, found);
      if (end < 0) {
        rest = data.subarray(found);
        return;
      }
      onMark(Number(data.toString('latin1', found + prefix.length, end)));
      at = end + 1;
    }
    rest = data.subarray(Math.max(at, data.length - LONGEST_MARK));
  };
}

async function join({ kind, port, baseUrl, alsoAt = [], tokens, members, roomId }, onMark) {
  const all = [];
  for (let index = 0; index < members; index++) {
    if (kind === 'xmpp') all.push(await enterRoom(port, `p${index}`, marks('<body>m', onMark)));
    for (const at of kind === 'moot' ? [baseUrl, ...alsoAt] : [])
      all.push(await joinBySocket(at, tokens[index], marks('"displayName":"m', onMark)));
    if (kind === 'bare') all.push(await joinBare(baseUrl, marks('"text":"m', onMark)));
  }
  const posts = {
    xmpp: (text) => all[0].post(text),
    moot: (text) => postMessage(baseUrl, tokens[0], roomId, text),
    bare: (text) => postBare(baseUrl, text),
  };
  return {
    post: posts[kind],
    close: () =>
      all.forEach((one) => {
        one.close();
      }),
  };
}

async function measure(job) {
  const { members, inFlight, seconds, alsoAt = [] } = job;
  const sockets = members * (1 + alsoAt.length);
  const missing = new Map();
  const room = await join(job, (number) => {
    const entry = missing.get(number);
    if (!entry || --entry.left > 0) return;
    missing.delete(number);
    entry.seen();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  let next = 0;
  const times = [];
  const run = async (untilMs, isTimed) => {
    while (performance.now() < untilMs) {
      const number = next++;
      const begun = performance.now();
      const seen = new Promise((resolve) => missing.set(number, { left: sockets, seen: resolve }));
      const sent = room.post(`m${number};`);
      await seen;
      if (isTimed) times.push(performance.now() - begun);
      await sent;
    }
  };
  const lanes = (untilMs, isTimed) =>
    Promise.all(Array.from({ length: inFlight }, () => run(untilMs, isTimed)));
  await lanes(performance.now() + 1000, false);
  const begun = performance.now();
  await lanes(begun + seconds * 1000, true);
  const elapsedSeconds = (performance.now() - begun) / 1000;
  room.close();
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { deliveriesPerSecond: (times.length * sockets) / elapsedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

let text = '';
for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
process.stdout.write(JSON.stringify(await measure(JSON.parse(text))), () => process.exit(0));
