import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import { type Department, leagues, levels } from './department.ts';

/** The name of a department in a language; English falls back to Chinese where nobody gave one. */
export const departmentName = (department: Department | undefined, language: Language): string =>
  (language === 'en' ? department?.nameEnglish || department?.name : department?.name) ?? '';

/** The choices of a select of departments, indented as the tree is. */
export function departmentOptions(departments: readonly Department[], language: Language) {
  const highest = departments.reduce((least, { depth }) => Math.min(least, depth), Infinity);
  return departments.map((department) => ({
    value: department.id,
    label: `${'　'.repeat(department.depth - highest)}${departmentName(department, language)}`,
  }));
}

const choice = (language: Language, group: string) => (value: string) => ({
  value,
  label: translate(language, `organization.${group}.${value}`),
});
export const levelOptions = (language: Language) => levels.map(choice(language, 'levels'));
export const leagueOptions = (language: Language) => leagues.map(choice(language, 'leagues'));

/** One department as the list of all shows it. */
export function departmentRow(department: Department, language: Language) {
  return {
    id: department.id,
    href: `/office/departments/${department.id}`,
    name: departmentName(department, language),
    shortName: department.shortName,
    depth: Math.min(department.depth, 4),
    level: translate(language, `organization.levels.${department.level}`),
    league: translate(language, `organization.leagues.${department.league}`),
    ranked: department.league !== 'none',
    active: department.active,
  };
}
