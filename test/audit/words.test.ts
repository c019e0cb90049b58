import { describe, expect, it } from '@jest/globals';
import { verbWords } from '../../src/audit/views.ts';
import { languages } from '../../src/kernel/language.ts';
import { hasText } from '../../src/platform/language.ts';
import { declaredSettings } from '../../src/platform/settings.ts';
import { areaOf, areaWords, settingWords } from '../../src/organization/settingViews.ts';
import '../../src/features.ts';
import { program } from '../support/sources.ts';

/** Verbs that the program puts together; a new one of this kind must be spelled out here. */
const puttogether: Record<string, readonly string[]> = {
  '${table.kind}.export': ['account.export', 'department.export'],
  '${table.kind}.import': ['account.import', 'department.import'],
  'question.${verb}': ['publish', 'reject', 'merge', 'undo', 'reconsider', 'pass'].map((verb) => `question.${verb}`),
  'interview.${move}': ['announce', 'start', 'close', 'archive'].map((verb) => `interview.${verb}`),
  'interview.${decision}-correction': ['interview.take-correction', 'interview.decline-correction'],
};
const interviewVerbs = ['pause', 'resume', 'postpone', 'cancel', 'hide', 'show'].map((verb) => `interview.${verb}`);

const trail = program.filter(({ text }) => text.includes('recordAudit'));
const written = trail.flatMap(({ text }) => [...text.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, verb = '']) => verb));
const plain = trail.flatMap(({ text }) => [...text.matchAll(/verb: '([^']+)'/g)].map(([, verb = '']) => verb));
const composed = trail.flatMap(({ text }) => [...text.matchAll(/verb: `([^`]+)`/g)].map(([, verb = '']) => verb));

describe('the audit trail', () => {
  it('has words in both languages for every verb the program writes', () => {
    const spelled = composed.flatMap((verb) =>
      verb === 'interview.${verb}' ? interviewVerbs : (puttogether[verb] ?? [verb]),
    );
    const verbs = [
      ...new Set([...plain, ...spelled, ...written.filter((verb) => /^interview\.(assign|revoke)$/.test(verb))]),
    ];
    expect(verbs.length).toBeGreaterThan(40);
    for (const language of languages) {
      expect(verbs.filter((verb) => verbWords(verb, language) === verb)).toEqual([]);
    }
  });

  it('has words for every kind of thing', () => {
    const targets = trail.flatMap(({ text }) =>
      [...text.matchAll(/target: \{ type: '([^']+)'/g)].map(([, kind = '']) => kind),
    );
    expect(targets.filter((kind) => !hasText('en', `audit.targets.${kind}`))).toEqual([]);
  });
});

describe('every setting', () => {
  it.each(languages)('has a name, an explanation, a unit and an area in %s', (language) => {
    const settings = declaredSettings();
    expect(settings.length).toBeGreaterThan(60);
    const faults = settings.flatMap((setting) => {
      const { name, explanation } = settingWords(setting, language);
      const { key, unit } = setting;
      return [
        ...(name === key ? [`${key}: name`] : []),
        ...(explanation === '' && !key.startsWith('web.limit-') ? [`${key}: explanation`] : []),
        ...(areaWords(areaOf(key), language) === areaOf(key) ? [`${key}: area`] : []),
        ...(unit && !unit.startsWith('per-') && !hasText(language, `settings.units.${unit}`)
          ? [`${key}: ${unit}`]
          : []),
      ];
    });
    expect(faults).toEqual([]);
  });
});
