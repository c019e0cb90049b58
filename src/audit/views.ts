import type { Language } from '../kernel/language.ts';
import { hasText, translate } from '../platform/language.ts';
import { wordsOfSetting } from '../platform/settingWords.ts';
import type { AuditEntry } from './entryModel.ts';

/** The words of a verb, a kind of thing or a field; the bare word where nobody gave one. */
const wordsOr = (language: Language, key: string, bare: string): string =>
  hasText(language, key) ? translate(language, key) : bare;

export const verbWords = (verb: string, language: Language): string => wordsOr(language, `audit.verbs.${verb}`, verb);

/** A stored value in words: known words are translated, of an object the parts are joined, identifiers are left out. */
function valueWords(value: unknown, language: Language): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) {
    return value.length === 0
      ? '—'
      : value.map((item) => valueWords(item, language)).join(language === 'en' ? ', ' : '、');
  }
  if (typeof value === 'object') {
    const parts = Object.entries(value).filter(([name]) => !isIdentifier(name));
    return parts.map(([, part]) => valueWords(part, language)).join(' · ');
  }
  const bare = typeof value === 'string' ? value : JSON.stringify(value);
  // Days of a calendar: `2026-02-14 working 春节`
  const [, day, kind, name] = /^(\d{4}-\d\d-\d\d) (free|working) ?(.*)$/.exec(bare) ?? [];
  if (day && kind) return `${day} ${translate(language, `audit.values.${kind}`)} ${name ?? ''}`.trim();
  return /^[a-z-]+$/.test(bare) ? wordsOr(language, `audit.values.${bare}`, bare) : bare;
}

/** Identifiers stand in the trail for programs; beside them stands the name for people. */
const isIdentifier = (field: string): boolean => field.endsWith('Id');

/** The fields that differ, one line each; what only one side has stands against a dash. */
function changes(entry: AuditEntry, language: Language) {
  const [before = {}, after = {}] = [entry.before, entry.after].map(
    (side) =>
      (typeof side === 'object' && side !== null && !Array.isArray(side) ? side : {}) as Record<string, unknown>,
  );
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !isIdentifier(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({
      field: wordsOr(language, `audit.fields.${name}`, name),
      before: valueWords(before[name], language),
      after: valueWords(after[name], language),
    }));
}

/** What the thing is called: its name then, of a setting its name on the pages, of a thing without a name its kind. */
function targetWords({ target: { type, id, label } }: AuditEntry, language: Language): string {
  if (type === 'setting') return wordsOfSetting(id, language).name;
  return label || (/^[0-9a-z]{12}$/.test(id) ? wordsOr(language, `audit.targets.${type}`, type) : id);
}

/** One entry as the page shows it. */
export function entryRow(entry: AuditEntry, language: Language) {
  const roles = [...new Set(entry.roles.map((held) => translate(language, `identity.roles.${held.role}`)))];
  return {
    at: entry.at,
    who: entry.who.kind === 'system' ? translate(language, 'audit.system') : entry.who.name,
    whoHref: `/office/audit?${new URLSearchParams({ person: entry.who.id })}`,
    roles: roles.join(language === 'en' ? ', ' : '、'),
    verb: verbWords(entry.verb, language),
    target: targetWords(entry, language),
    targetKind: wordsOr(language, `audit.targets.${entry.target.type}`, entry.target.type),
    targetHref: `/office/audit?${new URLSearchParams({ target: `${entry.target.type}:${entry.target.id}` })}`,
    changes: changes(entry, language),
    requestId: entry.requestId,
  };
}
