import { describe, expect, it } from 'vitest';
import { deprecationHeaders } from './deprecation.ts';

describe('F2: headers of deprecated operations', () => {
  it('say since when, and until when where that is known', () => {
    expect(deprecationHeaders(undefined)).toEqual({});
    expect(deprecationHeaders({ since: '2026-11-01' })).toEqual({ Deprecation: '@1793491200' });
    expect(deprecationHeaders({ since: '2026-11-01', sunset: '2027-11-01' })).toEqual({
      Deprecation: '@1793491200',
      Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT',
    });
  });
});
