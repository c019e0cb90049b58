import type { Language } from '../kernel/language.ts';
import { hasText, translate } from '../platform/language.ts';
import type { AuditEntry } from './entryModel.ts';

/** The words of a verb, a kind of thing or a field; the bare word where nobody gave one. */
const wordsOr = (language: Language, key: string, bare: string): string =>
  hasText(language, key) ? translate(language, key) : bare;

export const verbWords = (verb: string, language: Language): string => wordsOr(language, `audit.verbs.${verb}`, verb);

const plain = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The fields that differ, one line each; what only one side has stands against a dash. */
function changes(entry: AuditEntry, language: Language) {
  const [before, after] = [entry.before, entry.after].map(
    (side) =>
      (typeof side === 'object' && side !== null && !Array.isArray(side) ? side : {}) as Record<string, unknown>,
  );
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
    .map((name) => ({
      field: wordsOr(language, `audit.fields.${name}`, name),
      before: plain(before?.[name]),
      after: plain(after?.[name]),
    }));
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
    target: entry.target.label || entry.target.id,
    targetKind: wordsOr(language, `audit.targets.${entry.target.type}`, entry.target.type),
    targetHref: `/office/audit?${new URLSearchParams({ target: `${entry.target.type}:${entry.target.id}` })}`,
    changes: changes(entry, language),
    requestId: entry.requestId,
  };
}
