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

/** Renders an error. The only place that knows its shape. */
export function writeError(error: ApiError, trackingId: string): WireError {
  const code = error.errorCode === undefined ? {} : { errorCode: error.errorCode };
  const headers: Record<string, string> = { ...error.headers };
  if (error.retryAfterSeconds !== undefined)
    headers['Retry-After'] = String(Math.ceil(error.retryAfterSeconds));
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
