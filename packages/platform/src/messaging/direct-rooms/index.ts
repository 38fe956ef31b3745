export { directRoomId } from './direct-room-id.ts';
export { ensureDirectRoom } from './ensure-direct-room.ts';
