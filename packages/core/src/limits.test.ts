import { describe, expect, it } from 'vitest';
import { parseDurationMs } from './duration.ts';
import { ApiError, defineErrors } from './errors.ts';
import { limitLedger } from './limit-ledger.data.ts';
import { createLimits } from './limits.ts';

describe('limits', () => {
  it('hold the ledger unless the operator overrides one', () => {
    const limits = createLimits({ 'message.body': 100 });
    expect(limits.get('message.body')).toBe(100);
    expect(limits.get('token.active_per_account')).toBe(limitLedger['token.active_per_account'].value);
  });
  it('refuse unknown names and values that are no limit', () => {
    expect(() => createLimits({ 'message.bodies': 1 })).toThrow("unknown limit 'message.bodies'");
    expect(() => createLimits({ 'message.body': 0 })).toThrow('must be a positive number');
  });
});

describe('durations', () => {
  it.each([
    ['14d', 1_209_600_000],
    ['1h30m', 5_400_000],
    ['90 s', 90_000],
    ['250ms', 250],
    ['0.5h', 1_800_000],
  ])('reads %s', (text, expected) => expect(parseDurationMs(text)).toBe(expected));
  it.each(['', '14', 'd', '14d!', '-1d', '99999999w'])('refuses %s', (text) =>
    expect(parseDurationMs(text)).toBeUndefined(),
  );
});

describe('errors', () => {
  it('fill their texts and keep the true cause to themselves', () => {
    const errors = defineErrors({
      'thing.gone': { status: 410, message: 'The {thing} is gone.', source: 'decided' },
    });
    const error = new ApiError(errors['thing.gone'], { parameters: { thing: 'file' }, cause: 'a secret' });
    expect([error.code, error.status, error.message, error.descriptions]).toEqual([
      'thing.gone',
      410,
      'The file is gone.',
      ['The file is gone.'],
    ]);
  });
});
