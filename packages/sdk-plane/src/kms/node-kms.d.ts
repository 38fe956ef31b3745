/** The SDK's own client of the key service, which comes without types. */
declare module 'node-kms' {
  /** A key or a channel. */
  export type KmsKey = { uri: string; jwk: Record<string, string> };

  /** The client's half of a channel that begins. */
  export type LocalKey = { asKey(): Promise<{ toJSON(): Record<string, unknown> }> };

  /** Whom a client speaks for and with. */
  export class Context {
    clientInfo: unknown;
    serverInfo: unknown;
    ephemeralKey: unknown;
    createECDHKey(): Promise<LocalKey>;
    deriveEphemeralKey(remote: unknown): Promise<KmsKey>;
  }

  /** A request, to be encrypted. */
  export class Request {
    constructor(body: Record<string, unknown>);
    wrap(context: Context, options?: { serverKey: boolean }): Promise<string>;
  }

  /** A reply, to be opened. */
  export class Response {
    constructor(wrapped: string);
    unwrap(context: Context): Promise<ReturnType<typeof JSON.parse>>;
  }
}
