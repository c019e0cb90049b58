import { describe, expect, it } from '@jest/globals';
import {
  emailField,
  optionalEmailField,
  plainCode,
  plainLetterNumber,
  telephoneField,
} from '../../src/kernel/typedLine.ts';

describe('a telephone number', () => {
  it.each([
    ['\u202D138 1234 5678\u202C', '138 1234 5678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['138–1234–5678', '138-1234-5678'],
    ['138—1234—5678', '138-1234-5678'],
    ['0571-8888 8888转801', '0571-8888 8888转801'],
    ['（０５７１）８８８８８８８８', '(0571)88888888'],
    ['+86\u00A0138 1234\u00A05678', '+86 138 1234 5678'],
    [' 13812345678\u200B', '13812345678'],
    ['', ''],
  ])('%j is taken as %j', (typed, kept) => {
    expect(telephoneField('mailbox.errors.phone').parse(typed)).toBe(kept);
  });

  it.each(['不是电话', '138', '138123456781381234567813812345678'])('%j is none', (typed) => {
    expect(telephoneField('mailbox.errors.phone').safeParse(typed).success).toBe(false);
  });
});

describe('an address of e-mail', () => {
  it.each([
    ['zhang＠qq.com', 'zhang@qq.com'],
    ['zhang@qq.com\u200B', 'zhang@qq.com'],
    ['zhang@qq．com', 'zhang@qq.com'],
    ['zhang@qq。com', 'zhang@qq.com'],
    ['zhang+12345@qq.com', 'zhang+12345@qq.com'],
    ['ZHANG@QQ.COM', 'zhang@qq.com'],
    [' zhang @ qq.com ', 'zhang@qq.com'],
  ])('%j is taken as %j', (typed, kept) => {
    expect(emailField('mailbox.errors.email').parse(typed)).toBe(kept);
    expect(optionalEmailField('mailbox.errors.email').parse(typed)).toBe(kept);
  });

  it('may be left out only where it is optional', () => {
    expect(optionalEmailField('mailbox.errors.email').parse('')).toBe('');
    expect(emailField('mailbox.errors.email').safeParse('').success).toBe(false);
    expect(emailField('mailbox.errors.email').safeParse('zhang.qq.com').success).toBe(false);
  });
});

describe('the number of a letter', () => {
  it.each([
    '2026-000123',
    '２０２６－０００１２３',
    '2026—000123',
    '2026——000123',
    '2026 - 000123',
    '2026 000123',
    '2026000123',
    '2026-123',
    '编号2026-000123',
    '编号：2026-000123',
    'NO. 2026-000123',
    ' 2026-0000123\u200B',
  ])('%j', (typed) => {
    expect(plainLetterNumber(typed)).toBe('2026-000123');
  });

  it.each(['12345', '水压', '20261234', '2026年', '13812345678x'])('%j is none', (typed) => {
    expect(plainLetterNumber(typed)).toBe(typed);
  });
});

it.each(['７ＫＭ４Ｘ ９ＰＱＲ１', '7km4x-9pqrl', '7KM4X9PQRI', '7km4x\u200B9pqr1'])(
  'reads %j as the code it is',
  (typed) => {
    expect(plainCode(typed)).toBe('7km4x9pqr1');
  },
);
