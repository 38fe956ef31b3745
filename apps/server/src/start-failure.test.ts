import { NatsUnavailable } from '@moothall/store';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { describeFailure } from './start-failure.ts';

const outside = { MOOT_DATABASE_URL: 'postgres://moot@db/moot' };
const failure = (message: string, more: object) => Object.assign(new Error(message), more);

describe('a start that failed', () => {
  it('says what to do about what an operator can mend', () => {
    const denied = failure('permission denied to create database', { code: '42501' });
    expect(describeFailure(denied, readConfig([], outside))).toContain('in the lab its role needs CREATEDB');
    const absent = failure('getaddrinfo ENOTFOUND nowhere', { code: 'ENOTFOUND', hostname: 'nowhere' });
    expect(describeFailure(absent, readConfig(['--host', 'nowhere'], {}))).toContain("(--host): 'nowhere'");
    const closed = failure('listen EACCES', { code: 'EACCES', syscall: 'listen' });
    expect(describeFailure(closed, readConfig(['--port', '80'], {}))).toContain('choose a port above 1023');
    const path = '/srv/readonly/secret-key';
    const data = readConfig(['--data', '/srv/readonly'], {});
    expect(describeFailure(failure('EROFS', { code: 'EROFS', path }), data)).toContain('MOOT_DATA (--data)');
    const nats = { ...outside, MOOT_NATS_URL: 'nats://nats:4222', MOOT_SECRET_KEY: 'a key for these tests' };
    expect(describeFailure(new NatsUnavailable('connection refused'), readConfig([], nats))).toContain(
      'MOOT_NATS_URL: the NATS server cannot be used: connection refused',
    );
    expect(describeFailure(new ConfigError(['one', 'two']))).toBe(
      'The configuration is wrong:\n  - one\n  - two',
    );
  });

  it('names the TLS port where that one cannot be opened', () => {
    const config = { ...readConfig([], {}), tlsPort: 443 };
    const refused = (code: string) => failure(code, { code, syscall: 'listen', port: 443 });
    expect(describeFailure(refused('EADDRINUSE'), config)).toContain(
      'MOOT_TLS_PORT (--tls-port): 127.0.0.1:443',
    );
    expect(describeFailure(refused('EACCES'), config)).toContain('ip_unprivileged_port_start=443');
  });

  it('keeps the trace of what nobody expects', () => {
    expect(describeFailure(new TypeError('x is no function'), readConfig([], outside))).toContain('    at ');
  });
});
