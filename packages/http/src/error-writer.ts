import { ApiError, generalErrors } from '@moothall/core';

/** Body of every refusal (F27). */
export type ErrorBody = {
  message: string;
  errors: { description: string; errorCode?: number }[];
  trackingId: string;
};

/** The wire form of an error, with its status and headers. */
export type WireError = { status: number; headers: Record<string, string>; body: ErrorBody };

/** Whatever was thrown, as an ApiError; what nobody foresaw becomes 500 without details. */
export function asApiError(thrown: unknown): ApiError {
  return thrown instanceof ApiError
    ? thrown
    : new ApiError(generalErrors['server.failed'], { cause: thrown });
}

/** What OAuth clients read beside the usual fields of a refusal (RFC 6749, 5.2). */
export function oauthFieldsOf(error: ApiError): { error: string; error_description: string } {
  const code = error.status >= 500 ? 'server_error' : 'invalid_request';
  return { error: error.oauthError ?? code, error_description: error.descriptions.join(' ') };
}

function inHeader(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURI(text.toWellFormed());
}

/**
 * Renders an error. The only place that knows its shape.
 * @param supportContact where help is to be had (F1); goes along as the header `X-Support-Contact`, percent-encoded
 *   where it is not plain ASCII
 */
export function writeError(error: ApiError, trackingId: string, supportContact?: string): WireError {
  const code = error.errorCode === undefined ? {} : { errorCode: error.errorCode };
  const headers: Record<string, string> = { ...error.headers };
  if (error.retryAfterSeconds !== undefined)
    headers['Retry-After'] = String(Math.ceil(error.retryAfterSeconds));
  if (supportContact !== undefined) headers['X-Support-Contact'] = inHeader(supportContact);
  return {
    status: error.status,
    headers,
    body: {
      message: error.message,
      errors: error.descriptions.map((description) => ({ description, ...code })),
      trackingId,
    },
  };
}
