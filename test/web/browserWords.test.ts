import { expect, it } from '@jest/globals';
import { browserWords } from '../../src/web/views/browserWords.ts';

const entries = [
  'interview',
  'interview-answering',
  'interview-hosting',
  'interview-recording',
  'interview-reviewing',
  'interview-screening',
  'interview-screen',
  'letter',
];

it.each(entries)(
  'the page %s carries the sentences that its scripts can say, not those of settings and forms',
  (entry) => {
    const words = browserWords(['page', entry], 'zh-CN');
    expect(Object.keys(words).filter((key) => /^\w+\.(settings|form|trail|nav|office)\./.test(key))).toEqual([]);
    expect(JSON.stringify(words).length).toBeLessThan(14_000);
  },
);
