import { type ApiReply, showReply } from './listeners.ts';

/** What tests of lists and single things expect; fields are looked at by name. */
export type AnyBody = ReturnType<typeof JSON.parse>;

/** REST as one caller. Paths are below `/v1` unless they start with it or another plane. */
export interface ApiClient {
  get(path: string, headers?: Record<string, string>): Promise<ApiReply<AnyBody>>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiReply<AnyBody>>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiReply<AnyBody>>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiReply<AnyBody>>;
  delete(path: string, headers?: Record<string, string>): Promise<ApiReply<AnyBody>>;
  /** Any method, any body: a string, buffer or form is sent as it is. */
  request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiReply<AnyBody>>;
}

function fullPath(path: string): string {
  const isPlane =
    /^\/(v1|lab|idb|portal|hub|account|assets|\.well-known|healthz|readyz|metrics)(\/|$|\?)/.test(path) ||
    /^\/\w+\/api\/(\w+\/)?v1(\/|$|\?)/.test(path);
  return isPlane ? path : `/v1${path}`;
}

function payload(body: unknown): { body?: RequestInit['body']; type?: string } {
  if (body === undefined) return {};
  if (
    typeof body === 'string' ||
    body instanceof Uint8Array ||
    body instanceof FormData ||
    body instanceof URLSearchParams
  ) {
    return { body: body as RequestInit['body'] };
  }
  return { body: JSON.stringify(body), type: 'application/json; charset=utf-8' };
}

/**
 * A client for a base URL and a token; without a token it sends none.
 * @param always headers of each request, such as a cookie
 */
export function apiClient(baseUrl: string, token?: string, always: Record<string, string> = {}): ApiClient {
  async function request(method: string, path: string, sent?: unknown, headers: Record<string, string> = {}) {
    const { body, type } = payload(sent);
    const response = await fetch(baseUrl + fullPath(path), {
      method,
      redirect: 'manual',
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(type && { 'content-type': type }),
        ...always,
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
    const reply = {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : undefined,
      text,
    };
    showReply({ method, path: fullPath(path), reply });
    return reply;
  }
  return {
    request,
    get: (path, headers) => request('GET', path, undefined, headers),
    post: (path, body, headers) => request('POST', path, body, headers),
    put: (path, body, headers) => request('PUT', path, body, headers),
    patch: (path, body, headers) => request('PATCH', path, body, headers),
    delete: (path, headers) => request('DELETE', path, undefined, headers),
  };
}
