import type { Deprecation } from '@moothall/contract';

/** The headers by which replies say that their operation is deprecated (RFC 9745), and its end (RFC 8594). */
export function deprecationHeaders(deprecated: Deprecation | undefined): Record<string, string> {
  if (!deprecated) return {};
  const { since, sunset } = deprecated;
  return {
    Deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset !== undefined && { Sunset: new Date(sunset).toUTCString() }),
  };
}
