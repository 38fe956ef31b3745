/** What a refusal is made of. */
export type PageErrorParts = {
  /** 0 where the server did not answer. */
  status: number;
  message: string;
  descriptions?: readonly string[];
  trackingId?: string | undefined;
  retryAfterSeconds?: number | undefined;
};

/** A call of a page that failed, in the words of the server. */
export class PageError extends Error {
  readonly status: number;
  readonly descriptions: readonly string[];
  readonly trackingId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(parts: PageErrorParts, options?: ErrorOptions) {
    super(parts.message, options);
    this.name = 'PageError';
    this.status = parts.status;
    this.descriptions = parts.descriptions ?? [];
    this.trackingId = parts.trackingId;
    this.retryAfterSeconds = parts.retryAfterSeconds;
  }

  /** Whatever was thrown, as such an error. */
  static from(thrown: unknown): PageError {
    if (thrown instanceof PageError) return thrown;
    return new PageError({ status: 0, message: 'Something in this page failed.' }, { cause: thrown });
  }
}

type ErrorBody = { message?: string; errors?: { description?: string }[]; trackingId?: string };

async function bodyOf(response: Response): Promise<ErrorBody> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    // A proxy before the server answers in its own form.
    return {};
  }
}

/** The error that a refusing reply stands for. */
export async function errorOf(response: Response): Promise<PageError> {
  const body = await bodyOf(response);
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new PageError({
    status: response.status,
    message: body.message ?? `The server answered ${response.status}.`,
    descriptions: (body.errors ?? []).flatMap(({ description }) => description ?? []),
    trackingId: body.trackingId ?? response.headers.get('TrackingID') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
}
