import { describe, expect, it } from '@jest/globals';
import { describeError, onlyAllowed } from '../../src/platform/logger.ts';

describe('the log', () => {
  it('keeps identifiers and leaves out, by name, whatever is not on the list', () => {
    const line = onlyAllowed({ requestId: 'r1', status: 200, email: 'li@example.cn', body: { text: '我家漏水' } });
    expect(line).toEqual({ requestId: 'r1', status: 200, leftOut: ['email', 'body'] });
  });

  it('does not take a thing with insides even under an allowed name', () => {
    expect(onlyAllowed({ name: { first: '李' } })).toEqual({ leftOut: ['name'] });
  });

  it('tells of an error what and where, not what somebody typed', () => {
    const error = Object.assign(new Error('E11000 duplicate key { email: "li@example.cn" }'), { code: 11000 });
    error.name = 'MongoServerError';
    const described = describeError(error);
    expect(described).toMatchObject({ name: 'MongoServerError', code: 11000 });
    expect(JSON.stringify(described)).not.toContain('li@example.cn');
    expect(described).toHaveProperty('stack.0', expect.stringContaining('logger.test'));
    expect(onlyAllowed({ error })).toEqual({ error: described });
  });

  it('keeps the message of a mistake in the program itself', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({ message: 'x is not a function' });
  });

  it('can be given something that is no error', () => {
    expect(describeError('a text somebody typed')).toEqual({ name: 'string' });
  });
});
