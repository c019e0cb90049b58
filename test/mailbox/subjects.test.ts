import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Staff } from '../../src/kernel/actor.ts';
import * as act from '../../src/mailbox/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { subjectClasses, subjectClassesEnglish } from '../../src/mailbox/settings.ts';
import { subjectList, subjectOptions, subjectWord } from '../../src/mailbox/subjects.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { letterIn, makeOffice, type Office } from '../support/mailbox.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let office: Office;
beforeAll(async () => {
  office = await makeOffice();
});

const path = '/office/mailbox/subjects';
async function signedIn(staff: Staff): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  const { name, value } = await staffCookie(staff.id);
  visitor.setCookie(name, decodeURIComponent(value));
  await visitor.open('/office');
  return visitor;
}
const fieldsOf = (pairs: readonly (readonly [string, string])[]) =>
  Object.fromEntries(
    pairs.flatMap(([name, english], index) => [
      [`name-${index}`, name],
      [`english-${index}`, english],
    ]),
  );

afterEach(async () => {
  for (const { key } of [subjectClasses, subjectClassesEnglish]) await storeSetting(key, null, 'test');
});

describe('subject classes', () => {
  it('that a city begins with all have an English name, shown on English pages alone', () => {
    for (const { name, english } of subjectList()) expect([name, english]).toEqual([name, expect.stringMatching(/\w/)]);
    expect([subjectWord('教育', 'en'), subjectWord('教育', 'zh-CN')]).toEqual(['Education', '教育']);
    expect(subjectOptions('en')).toContainEqual({ value: '教育', label: 'Education' });
  });

  it('keep their own name where nobody gave an English one, or where the class is gone', async () => {
    await storeSetting(subjectClassesEnglish.key, ['教育 = ', '没有等号', '环境保护＝Environment = all'], 'test');
    expect(subjectWord('教育', 'en')).toBe('教育');
    expect(subjectWord('早已改名的分类', 'en')).toBe('早已改名的分类');
    expect(subjectWord('环境保护', 'en')).toBe('Environment = all');
  });

  it('are shown in the language of the page, in the office and in public, and filter by their own name', async () => {
    const { id, number } = await letterIn('replied', office);
    await LetterModel.updateOne({ _id: id }, { $set: { subject: '供水供电供气供热' } });
    const clerk = await signedIn(office.clerk);
    const english = await clerk.open(`/office/letters/${number}?lang=en`);
    expect(english.html).toContain('Water, power, gas and heating');
    expect(english.html).not.toContain('供水供电供气供热');
    expect((await clerk.open('/office/letters?queue=all&lang=en')).html).toContain('>Education</option>');
    await act.publishLetter(office.clerk, {
      letterId: id,
      visibility: 'public',
      spans: { title: [], body: [], reply: [] },
    });
    const anybody = new Visitor(app.base);
    expect((await anybody.open(`/letters/${number}?lang=en`)).html).toContain('>Water, power, gas and heating</a>');
    expect((await anybody.open(`/letters/${number}?lang=zh-CN`)).html).toContain('>供水供电供气供热</a>');
  });
});

describe('the page of subject classes', () => {
  it('takes both names, keeps the order, leaves out empty lines', async () => {
    const administrator = await signedIn(office.administrator);
    const sent = fieldsOf([
      ['教育', 'Schools'],
      ['', ''],
      ['海洋', ''],
      ['桥隧 ', ' Bridges & tunnels '],
    ]);
    expect((await administrator.send(path, sent)).status).toBe(303);
    expect(subjectList()).toEqual([
      { name: '教育', english: 'Schools' },
      { name: '海洋', english: '' },
      { name: '桥隧', english: 'Bridges & tunnels' },
    ]);
    const { html } = await administrator.open(path);
    expect(html).toContain('Bridges &amp; tunnels');
  });

  const wrong: [string, [string, string][]][] = [
    [
      '写了英文名，也要写名称。',
      [
        ['教育', ''],
        ['', 'Schools'],
      ],
    ],
    [
      '这个名称前面已经有了。',
      [
        ['教育', ''],
        ['教育', 'Schools'],
      ],
    ],
    ['名称里不能有等号。', [['教育=Schools', '']]],
    ['至少要有一个分类。', [['', '']]],
    ['60', [['长'.repeat(61), '']]],
  ];
  it.each(wrong)('refuses with “%s” and keeps what was typed', async (sentence, pairs) => {
    const administrator = await signedIn(office.administrator);
    const before = subjectList();
    const refused = await administrator.send(path, fieldsOf(pairs));
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain(sentence);
    for (const text of pairs.flat().filter(Boolean))
      expect(html.replaceAll('&#x3D;', '=')).toContain(`value="${text}"`);
    expect(subjectList()).toEqual(before);
  });

  it('is there for administrators of the city alone', async () => {
    for (const staff of [office.clerk, office.supervisor, office.head]) {
      const visitor = await signedIn(staff);
      expect((await visitor.open(path)).status).toBe(403);
      expect((await visitor.send(path, fieldsOf([['教育', '']]))).status).toBe(403);
    }
  });
});
