import type { FastifyRequest } from 'fastify';
import type { HttpPorts } from './ports.ts';

const PLAIN = /^[\x21-\x7e]{1,256}$/;

/** The client's own tracking id where it sent a printable one, else a new one. */
export function trackingIdOf(request: FastifyRequest, ports: Pick<HttpPorts, 'newTrackingId'>): string {
  const sent = request.headers.trackingid;
  return typeof sent === 'string' && PLAIN.test(sent) ? sent : ports.newTrackingId();
}
