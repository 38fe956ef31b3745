import { expect, it } from 'vitest';
import { mask, maskQuery } from './mask.ts';

const said = (body: unknown, headers: Record<string, string> = {}) =>
  JSON.stringify(
    mask({ requestHeaders: headers, requestBody: body, responseHeaders: headers, responseBody: body }),
  );

it.each([
  ['a field', { redirectUrl: 'https://app.test/cb?code=hush&state=seen' }],
  ['a fragment', { redirectUrl: 'https://app.test/cb#access_token=hush&token_type=Bearer&state=seen' }],
  ['a deep field', { a: [{ b: 'see https://app.test/?state=seen&id_token=hush for more' }] }],
  ['text', 'seen <a href="https://app.test/?refresh_token=hush">'],
  ['a form that was not read', 'code=hush&state=seen'],
  ['a URL inside a URL', 'https://app.test/?state=seen&next=%2Fcb%3Fcode%3Dhush%26x%3D1'],
])('masks what opens something in a URL in %s, and nothing else', (_, body) => {
  expect(said(body)).toContain('seen');
  expect(said(body)).toContain('***');
  expect(said(body)).not.toContain('hush');
});

it('masks it in headers', () => {
  const text = said(undefined, {
    location: 'https://app.test/cb?code=hush&state=seen',
    referer: '/?link=hush',
  });
  expect(text).toContain('https://app.test/cb?code=***&state=seen');
  expect(text).not.toContain('hush');
});

it('masks it in queries, and keeps every value of a name', () => {
  expect(maskQuery('/x?id=1&id=2&token=hush')).toBe('?id=1&id=2&token=***');
  expect(maskQuery('/x?next=%2Fcb%3Fcode%3Dhush&link=hush')).not.toContain('hush');
});

it('leaves alone what only looks alike', () => {
  const fine = 'https://app.test/?barcode=1&token_type=Bearer&codes=2';
  expect(said({ url: fine })).toContain(fine);
});
