import { defineErrors } from './errors.ts';

/** Errors that any operation may answer. Texts: api reference, "Errors" (as observed unless marked). */
export const generalErrors = defineErrors({
  'request.invalid': { status: 400, message: '{reason}', source: 'decided' },
  'request.malformed_json': {
    status: 400,
    message: 'The request body is not valid JSON: {reason}',
    source: 'decided',
  },
  'request.malformed_body': {
    status: 400,
    message: 'The request body could not be read: {reason}',
    source: 'decided',
  },
  'auth.token_required': {
    status: 401,
    message: 'The request requires a valid access token set in the Authorization request header.',
    source: 'as-observed',
  },
  'session.required': {
    status: 401,
    message: 'Sign in to go on.',
    source: 'decided',
  },
  'session.site_not_entered': {
    status: 401,
    message: 'Sign in to {site} to go on.',
    source: 'decided',
  },
  'session.foreign_page': {
    status: 403,
    message: 'The request did not come from a page of this site: reload the page and try again.',
    source: 'decided',
  },
  'auth.forbidden': {
    status: 403,
    message:
      'The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles or licenses.',
    source: 'documented',
  },
  'resource.not_found': {
    status: 404,
    message: 'The requested resource could not be found.',
    source: 'documented',
  },
  'method.not_supported': {
    status: 405,
    message: "Request method '{method}' not supported",
    source: 'as-observed',
  },
  'body.too_large': {
    status: 413,
    message: 'The request body is larger than {limitBytes} bytes.',
    source: 'decided',
  },
  'content_type.not_supported': {
    status: 415,
    message: "Content type '{contentType}' not supported",
    source: 'as-observed',
  },
  'rate.limited': {
    status: 429,
    message: 'Too many requests: try again after {seconds} seconds.',
    source: 'decided',
  },
  'headers.too_large': { status: 431, message: 'The request headers are too large.', source: 'decided' },
  'server.failed': { status: 500, message: 'The server could not process the request.', source: 'decided' },
  'operation.not_built': {
    status: 501,
    message: 'This operation is not built yet: {operation}',
    source: 'decided',
  },
  'server.busy': {
    status: 503,
    message: 'The world is being replaced: try again in a moment.',
    source: 'decided',
  },
});
