// The least that a server can do for the same job: what is posted goes to all sockets, in bytes made once. It is kept
// nowhere, or with a second argument on disk, in the file of that name, before anybody sees it. Prints `ready URL`.
// Argument: bytes of a frame.
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const frameBytes = Number(process.argv[2]);
const disk = process.argv[3] === undefined ? undefined : await open(process.argv[3], 'a');
const sockets = new Set();
async function broadcast(request, response) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const frame = Buffer.from(`{"text":"${JSON.parse(text).text}"`.padEnd(frameBytes - 1).concat('}'));
  if (disk) {
    await disk.write(frame);
    await disk.datasync();
  }
  for (const socket of sockets) socket.send(frame, { binary: false });
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
}

const server = createServer((request, response) => void broadcast(request, response));
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
