import { connect } from 'node:net';
import { domain } from './peers.mjs';

const room = `load@rooms.${domain}`;
const OPEN = `<?xml version='1.0'?><stream:stream to='${domain}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
const LOGIN = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
const BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
const enter = (name) =>
  `<presence to='${room}/${name}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`;

/** Resolves when what comes holds a text; what came so far is then forgotten. */
function until(state, text) {
  return new Promise((resolve) => {
    state.check = () => {
      if (!state.text.includes(text)) return;
      state.text = '';
      state.check = undefined;
      resolve();
    };
    state.check();
  });
}

/**
 * Signs in and enters the room: as little of XMPP as that takes.
 * @param {(chunk: Buffer) => void} onData everything that comes once the room is entered
 */
export async function enterRoom(port, name, onData) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  const state = { text: '', check: undefined };
  const read = (chunk) => {
    state.text += chunk;
    state.check?.();
  };
  socket.on('data', read);
  socket.write(OPEN);
  await until(state, '</stream:features>');
  socket.write(LOGIN);
  await until(state, '<success');
  socket.write(OPEN);
  await until(state, '</stream:features>');
  socket.write(BIND);
  await until(state, '</jid>');
  socket.write(enter(name));
  await until(state, "110'");
  socket.off('data', read);
  socket.on('data', onData);
  return {
    post: (text) =>
      socket.write(`<message to='${room}' type='groupchat' id='${text}'><body>${text}</body></message>`),
    close: () => socket.destroy(),
  };
}
