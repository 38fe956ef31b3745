/** Which private targets may be reached. Everything outside public unicast is denied unless listed here. */
export type OutboundPolicy = {
  /** Lets 127.0.0.0/8 and ::1 through; the lab sets it. */
  allowLoopback: boolean;
  /** Host names, addresses or CIDR ranges that the operator allows although they are private. */
  allowHosts: string[];
};

/** One request that we make because a user asked for it. */
export type OutboundRequest = {
  kind: 'webhook' | 'file' | 'avatar';
  url: string;
  method: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Budget of the whole exchange: waiting for a socket, name, connection, headers and body. */
  timeoutMs: number;
  maxResponseBytes: number;
};

/** Status line and headers. Names are in lower case; repeated headers are joined by `, `. */
export type OutboundHead = { status: number; headers: Record<string, string> };

/** A whole answer. The body is as sent: nothing is decompressed. */
export type OutboundResponse = OutboundHead & { body: Buffer; durationMs: number };

/** Why an exchange failed. */
export type OutboundErrorCode =
  | 'blocked_address'
  | 'invalid_url'
  | 'timeout'
  | 'too_large'
  | 'connection_failed'
  | 'redirect';

/** The only error that an outbound exchange ends with. The message names no header and no body. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;

  /** @param cause the error of the network layer, for logs */
  constructor(code: OutboundErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OutboundError';
    this.code = code;
  }
}

/**
 * What the recorder gets once per exchange, when it has ended.
 * It holds what went over the wire, signatures included: keep it from logs.
 * A streamed body is not kept.
 */
export type OutboundExchange = {
  request: OutboundRequest;
  durationMs: number;
  head?: OutboundHead;
  body?: Buffer;
  error?: OutboundError;
};
