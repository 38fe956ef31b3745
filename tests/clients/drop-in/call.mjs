/** One call to the cloud's REST interface by what Node itself has, as any program makes it.
 *  Environment: METHOD, URL_TO_CALL, TOKEN, BODY (JSON, or empty). Prints what came back, or why nothing did. */
import { print } from '../consent.mjs';

const { METHOD: method, URL_TO_CALL: url, TOKEN, BODY } = process.env;
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
try {
  const reply = await fetch(url, { method, headers, ...(BODY && { body: BODY }) });
  const text = await reply.text();
  print('reply', {
    status: reply.status,
    link: reply.headers.get('link'),
    body: text === '' ? null : JSON.parse(text),
  });
} catch (error) {
  print('refused', { code: error.cause?.code ?? error.message });
}
