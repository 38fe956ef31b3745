/**
 * What a browser and a person do between a client's two steps: the browser opens the authorization URL and is
 * sent to the page of the consent, the person agrees there, and the browser returns to the client.
 * Environment: BASE_URL of the server, LAB_KEY, PERSON who agrees.
 * @param {string | URL} authorizeUrl where the client sends the browser
 * @returns {Promise<{page: string, callback: string}>} path of the page, and where the browser is sent back to
 */
export async function agree(authorizeUrl) {
  const { BASE_URL, LAB_KEY, PERSON } = process.env;
  const opened = await fetch(authorizeUrl, { redirect: 'manual' });
  if (opened.status !== 302) throw new Error(`${opened.status} for ${authorizeUrl}: ${await opened.text()}`);
  const page = new URL(opened.headers.get('location'), BASE_URL);
  const consent = await fetch(`${BASE_URL}/lab/v1/consents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${LAB_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ personEmail: PERSON, authorizeUrl: String(authorizeUrl) }),
  });
  if (consent.status !== 200) throw new Error(`no consent: ${consent.status} ${await consent.text()}`);
  return { page: page.pathname, callback: (await consent.json()).redirectUrl };
}

/**
 * Prints what happened, for the test that runs the client.
 * @param {string} step
 * @param {Record<string, unknown>} [facts]
 */
export function print(step, facts = {}) {
  process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);
}
