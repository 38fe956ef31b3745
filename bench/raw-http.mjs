// The baseline: plain node:http that does the job of POST /v1/messages, GET /v1/people/me and a bare reply in memory:
// token look-up, body parsing and checks, membership check, an id, the reply; no framework, no database.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const [tokenText, roomId] = process.argv.slice(2);
const hashOf = (text) => createHash('sha256').update(text).digest('base64');
const person = { id: randomUUID(), email: 'ada@acme.test' };
const tokens = new Map([[hashOf(tokenText ?? ''), person]]);
const rooms = new Map([[roomId, { members: new Set([person.id]), messages: [] }]]);
const encode = (type, id) => Buffer.from(`ciscospark://us/${type}/${id}`).toString('base64url');

function reply(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
    TrackingID: `ROUTER_${randomUUID()}`,
  });
  response.end(text);
}

function post(response, caller, text) {
  const body = JSON.parse(text);
  const room = rooms.get(body.roomId);
  if (typeof body.text !== 'string' || Buffer.byteLength(body.text) > 7439) return reply(response, 400, {});
  if (!room?.members.has(caller.id)) return reply(response, 404, {});
  const message = { id: randomUUID(), text: body.text, created: new Date().toISOString() };
  room.messages.push(message);
  if (room.messages.length > 100_000) room.messages.length = 0;
  reply(response, 200, {
    id: encode('MESSAGE', message.id),
    roomId: body.roomId,
    roomType: 'group',
    text: message.text,
    personId: encode('PEOPLE', caller.id),
    personEmail: caller.email,
    created: message.created,
  });
}

const server = createServer((request, response) => {
  const caller = tokens.get(hashOf(request.headers.authorization?.slice(7) ?? ''));
  if (!caller) return reply(response, 401, {});
  if (request.method === 'GET')
    return reply(response, 200, { id: encode('PEOPLE', caller.id), emails: [caller.email] });
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => post(response, caller, Buffer.concat(chunks).toString('utf8')));
});
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
