// A webhook target: counts what arrives and remembers when each message came; GET answers with the figures.
import { createServer } from 'node:http';

let count = 0;
let arrivals = {};
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ count, arrivals }));
    if (request.url === '/reset') {
      count = 0;
      arrivals = {};
    }
    return;
  }
  const keep = request.url === '/timed';
  const chunks = [];
  request.on('data', (chunk) => keep && chunks.push(chunk));
  request.on('end', () => {
    count += 1;
    if (keep)
      arrivals[JSON.parse(Buffer.concat(chunks).toString()).data.id] ??=
        performance.timeOrigin + performance.now();
    response.writeHead(204).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
