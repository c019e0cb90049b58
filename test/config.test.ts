import { describe, expect, it } from '@jest/globals';
import { config, productionProblems, readConfig, secretFor } from '../src/config.ts';

const complete = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb+srv://user:pass@a,b.example/city',
  SECRET: 'q8Zt3LmW0vXr6YbN1cHs5KdPf7Gj2RaE',
  BASE_URL: 'https://wenzheng.example.gov.cn/',
  SMTP_URL: 'smtps://mail.example.gov.cn',
};

describe('the settings', () => {
  it('are the demo on this machine when nothing is set', () => {
    const read = readConfig({});
    expect(read).toMatchObject({ mode: 'demo', host: '127.0.0.1', port: 3000, baseUrl: 'http://localhost:3000' });
    expect(read).toMatchObject({ roles: ['web', 'worker'], trustProxy: false, faults: [], mongodbUri: undefined });
    expect(Object.isFrozen(read)).toBe(true);
  });

  it('take what is set', () => {
    const read = readConfig({ ...complete, PORT: '8080', ROLES: 'worker', TRUST_PROXY: '1', LOG_LEVEL: 'warn' });
    expect(read).toMatchObject({ mode: 'production', host: '0.0.0.0', port: 8080, roles: ['worker'], trustProxy: 1 });
    expect(read).toMatchObject({ baseUrl: 'https://wenzheng.example.gov.cn', logLevel: 'warn', faults: [] });
  });

  it('treat an empty line of .env as not set', () => {
    expect(readConfig({ PORT: '', MONGODB_URI: ' ', SECRET: '' }).faults).toEqual([]);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '3.5'],
    ['HOST', '0.0.0.0'],
    ['ROLES', 'web,cook'],
    ['DEMO_SIZE', 'huge'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'true'],
    ['BASE_URL', 'wenzheng.example'],
    ['MONGODB_URI', 'http://user:hidden@host'],
    ['REDIS_URL', 'localhost:6379'],
    ['SMTP_URL', 'mail.example'],
  ])('tell in a sentence that %s cannot be “%s”', (name, value) => {
    const { faults } = readConfig({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
    expect(faults[0]).not.toContain('hidden');
  });

  it('tell everything at once', () => {
    expect(readConfig({ PORT: 'x', ROLES: 'y', SMTP_URL: 'z' }).faults).toHaveLength(3);
  });
});

describe('production', () => {
  it('starts when everything is there', () => {
    expect(productionProblems(readConfig(complete), false)).toEqual([]);
  });

  it.each([
    ['no database', { MONGODB_URI: '' }, 'MONGODB_URI'],
    ['no secret', { SECRET: '' }, 'SECRET'],
    ['a short secret', { SECRET: 'q8Zt3LmW0vXr6Y' }, 'too short'],
    ['a default secret', { SECRET: 'please-change-this-secret-before-use' }, 'guess'],
    ['a secret of one letter', { SECRET: 'a'.repeat(40) }, 'guess'],
    ['no public address', { BASE_URL: '' }, 'BASE_URL'],
    ['an address of this machine', { BASE_URL: 'http://localhost:3000' }, 'BASE_URL'],
    ['no mail', { SMTP_URL: '' }, 'SMTP_URL'],
  ])('does not start with %s', (_name, change, word) => {
    const problems = productionProblems(readConfig({ ...complete, ...change }), false);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(word);
  });

  it('does not start over the demo city', () => {
    expect(productionProblems(readConfig(complete), true)).toEqual([expect.stringContaining('demo')]);
  });

  it('names all reasons at once', () => {
    expect(productionProblems(readConfig({ NODE_ENV: 'production' }), true)).toHaveLength(5);
  });

  it('is the only mode that asks', () => {
    expect(productionProblems(readConfig({}), true)).toEqual([]);
  });
});

describe('keys', () => {
  it('differ by purpose and stay the same', () => {
    expect(secretFor('session')).toBe(secretFor('session'));
    expect(secretFor('session')).not.toBe(secretFor('csrf'));
    expect(secretFor('session')).not.toContain(config.secret);
  });
});
