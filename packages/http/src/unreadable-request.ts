import type { Duplex } from 'node:stream';
import { ApiError, generalErrors } from '@moothall/core';
import { writeError } from './error-writer.ts';

/** Answers what the parser of HTTP refuses, which no route and no hook sees, and ends its connection. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  const definition = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers.too_large' : 'request.malformed_body';
  const wire = writeError(
    new ApiError(generalErrors[definition], { parameters: { reason: 'it is not HTTP' } }),
    'ROUTER_CLIENT',
  );
  const body = JSON.stringify(wire.body);
  if (!socket.writable) return;
  socket.end(
    `HTTP/1.1 ${wire.status} Refused\r\nTrackingID: ${wire.body.trackingId}\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
