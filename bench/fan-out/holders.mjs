// Holds many sockets open. Argument: the job as JSON. Prints `ready COUNT`; asked by SIGUSR2, it posts one message and
// prints `heard MILLISECONDS` once every socket has got it.
import { joinBare, joinBySocket, postBare, postMessage } from './moot-client.mjs';

const AT_ONCE = 20;
const job = JSON.parse(process.argv[2]);
const { kind, baseUrl, tokens, sockets, roomId } = job;
const mark = kind === 'moot' ? '"displayName":"m1;' : '"text":"m1;';
let heard = 0;
let done = () => {};

function onData(chunk) {
  if (chunk.includes(mark) && ++heard === sockets) done();
}

let next = 0;
async function openSome() {
  for (let index = next++; index < sockets; index = next++)
    await (kind === 'moot'
      ? joinBySocket(baseUrl, tokens[index % tokens.length], onData)
      : joinBare(baseUrl, onData));
}
await Promise.all(Array.from({ length: AT_ONCE }, openSome));
console.log(`ready ${sockets}`);

async function postAndWait() {
  const begun = performance.now();
  const all = new Promise((resolve) => {
    done = resolve;
  });
  await (kind === 'moot' ? postMessage(baseUrl, tokens[0], roomId, 'm1;') : postBare(baseUrl, 'm1;'));
  await all;
  console.log(`heard ${Math.round(performance.now() - begun)}`);
}

process.on('SIGUSR2', () => void postAndWait());
setInterval(() => {}, 60_000);
process.on('SIGTERM', () => process.exit(0));
