import { shellQuoted } from '../try-it/snippets.ts';
import type { ExchangeDetails } from './lab-types.ts';

/** Headers that a client sets by itself. */
const own = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'trackingid',
]);

/** A request as a command; the token, which is masked, is read from the environment as TOKEN. */
export function curlOfExchange({ method, path, query, request }: ExchangeDetails, baseUrl: string): string {
  const headers = Object.entries(request.headers).filter(([name]) => !own.has(name.toLowerCase()));
  const lines = [
    `curl --request ${method} ${shellQuoted(baseUrl + path + query)}`,
    ...headers.map(([name, value]) =>
      name.toLowerCase() === 'authorization'
        ? '--header "Authorization: Bearer $TOKEN"'
        : `--header ${shellQuoted(`${name}: ${value}`)}`,
    ),
    ...(request.body ? [`--data ${shellQuoted(request.body)}`] : []),
  ];
  return lines.join(' \\\n  ');
}
