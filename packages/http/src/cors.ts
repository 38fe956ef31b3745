import type { FastifyReply, FastifyRequest } from 'fastify';

const EXPOSED = 'Link, Retry-After, TrackingID, X-Support-Contact, Content-Disposition, ETag, cisco-location';
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** Lets browsers of any origin call with a bearer token; cookies are never allowed along. */
export function addCors(request: FastifyRequest, reply: FastifyReply): void {
  if (request.headers.origin === undefined) return;
  reply.header('Access-Control-Allow-Origin', '*');
  reply.header('Access-Control-Expose-Headers', EXPOSED);
}

/** Answers a preflight: the SDK's headers differ by version, so the requested ones are allowed. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asked = request.headers['access-control-request-headers'];
  return reply
    .code(204)
    .header('Access-Control-Allow-Methods', METHODS)
    .header(
      'Access-Control-Allow-Headers',
      typeof asked === 'string' ? asked : 'authorization, content-type, trackingid',
    )
    .header('Access-Control-Max-Age', '600')
    .header('Vary', 'Access-Control-Request-Headers')
    .send();
}
