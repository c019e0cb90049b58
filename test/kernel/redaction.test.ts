import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findPersonal, mask } from '../../src/kernel/redaction.ts';

const found = (text: string): string[] =>
  findPersonal(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);

describe('what is found', () => {
  it.each([
    ['手机13812345678，谢谢', 'telephone:13812345678'],
    ['电话 138 1234 5678', 'telephone:138 1234 5678'],
    ['请打１３８－１２３４－５６７８', 'telephone:１３８－１２３４－５６７８'],
    ['1 3 8 1 2 3 4 5 6 7 8', 'telephone:1 3 8 1 2 3 4 5 6 7 8'],
    ['+86 13812345678', 'telephone:+86 13812345678'],
    ['13\u200b812345678', 'telephone:13\u200b812345678'],
    ['家里 0532-85911234 无人接', 'telephone:0532-85911234'],
    ['（0532）85911234转801', 'telephone:（0532）85911234转801'],
    ['座机：8591 1234', 'telephone:8591 1234'],
    ['身份证11010519491231002X。', 'identity-card:11010519491231002X'],
    ['身份证11010519491231002x', 'identity-card:11010519491231002x'],
    ['110105 19491231 002X', 'identity-card:110105 19491231 002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'identity-card:１１０１０５１９４９１２３１００２Ｘ'],
    ['旧证 110105491231002', 'identity-card:110105491231002'],
    ['110105194912310021', 'identity-card:110105194912310021'], // wrong check digit, still proposed
    ['卡号6222 0200 0000 0000 006', 'bank-card:6222 0200 0000 0000 006'],
    ['打到4111111111111111', 'bank-card:4111111111111111'],
    ['车牌鲁B12345停在门口', 'plate:鲁B12345'],
    ['鲁b·1a2b3', 'plate:鲁b·1a2b3'],
    ['粤BD12345 是新能源车', 'plate:粤BD12345'],
    ['京Ａ１２３４５', 'plate:京Ａ１２３４５'],
    ['货车鄂AP185挂', 'plate:鄂AP185挂'],
    ['写信到 li.ming@example.com.cn 即可', 'email:li.ming@example.com.cn'],
    ['ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'email:ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['QQ：12345678', 'account:12345678'],
    ['微信号 li_ming99', 'account:li_ming99'],
    ['我家住市南区香港中路10号3单元501室', 'address:市南区香港中路10号3单元501室'],
    ['阳光海岸小区12栋2单元301', 'address:阳光海岸小区12栋2单元301'],
    ['您好，我叫王建国，住在这里', 'name:王建国'],
    ['联系人：欧阳小红，电话', 'name:欧阳小红'],
    ['投诉人 李 明 ', 'name:李 明'],
    ['由张晓燕女士负责', 'name:张晓燕'],
    ['请尽快处理。\n刘伟\n2026年7月6日', 'name:刘伟'],
  ])('%s', (text, expected) => {
    expect(found(text)).toContain(expected);
  });
});

describe('what only looks like it', () => {
  it.each([
    '订单号13812345678901',
    '订单号：6222020000000000006',
    '2018年8月27日至2019年',
    '20180319',
    '价格13850元，比去年12990元高',
    '每平方米13812.5元，共1381234567890元',
    '统一社会信用代码91370200MA3C4D5E6F',
    '拨打12345热线，或者96555',
    '信件编号2026-000123',
    '110105194913310021', // no such month
    '13 15 17 18 20 22 25路公交车',
    '308国道与G20高速交界处，地铁3号线施工',
    '7月9日、10号、15号都停水',
    '鲁政发〔2018〕12号文件',
    '市住房和城乡建设局、高新区管委、金水区教育局',
    '我是高中生，本人安全没有保障',
    '各位先生女士，书记同志，领导同志',
    '许多老师和任何医生',
    '张先生和李女士都说过', // already without a given name
    '修建一座人行天桥，全市共有9栋',
    '京A级写字楼，云A座',
    'ISBN 978-7-115-12345-6',
    '比例为3:2，得分98.5，第138名',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('masking', () => {
  it('keeps the text around, the surname, and nothing else', () => {
    const text = '我叫王建国，电话138 1234 5678，身份证11010519491231002X。';
    expect(mask(text, findPersonal(text))).toBe('我叫王某某，电话****，身份证****。');
  });

  it('takes spans in any order, overlapping or beyond the end', () => {
    const spans = [
      { start: 6, end: 99, kind: 'address' as const },
      { start: 2, end: 5, kind: 'telephone' as const },
      { start: 3, end: 5, kind: 'telephone' as const },
    ];
    expect(mask('0123456789', spans)).toBe('01****5****');
  });

  it('finds nothing any more in what it masked, and never touches what lies between', () => {
    const parts = fc.constantFrom(
      '13812345678',
      '鲁B12345',
      '11010519491231002X',
      '𠮷',
      ' ',
      '，',
      'ﬁ',
      '市民',
      '\u200b',
      '９',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
        const text = list.join('');
        const spans = findPersonal(text);
        for (const [index, span] of spans.entries()) {
          expect(span.start).toBeLessThan(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
          expect(span.start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
        }
        expect(findPersonal(mask(text, spans)).filter(({ kind }) => kind === 'identity-card')).toEqual([]);
      }),
    );
  });

  it('stays quick on hostile text', () => {
    const started = performance.now();
    for (const text of [
      '1'.repeat(10_000),
      '1 '.repeat(5_000),
      '市区县'.repeat(3_300),
      '一号'.repeat(5_000),
      'a'.repeat(10_000) + '@',
    ])
      findPersonal(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
