import type { Language } from '../kernel/language.ts';
import { newId } from '../kernel/id.ts';
import { translate } from '../platform/language.ts';
import { codeOf, compare, type Fault, faultsOf, type PlannedRow, type SheetRow } from '../transfer/index.ts';
import { parse } from '../kernel/parse.ts';
import { newDepartmentSchema } from './actions/createDepartment.ts';
import { type Department, type League, leagues, type Level, levels } from './department.ts';
import type { DepartmentPaths } from './departmentPaths.ts';

export const departmentColumns = [
  'id',
  'name',
  'shortName',
  'nameEnglish',
  'parent',
  'level',
  'league',
  'order',
  'email',
  'state',
] as const;
const states = ['active', 'retired'] as const;

/** A row of the table, understood. */
export interface DepartmentEntry {
  line: number;
  /** Its identifier, as it is or as it will be. */
  key: string;
  existing: Department | undefined;
  parentText: string;
  name: string;
  shortName: string;
  nameEnglish: string;
  level: Level;
  league: League;
  order: number;
  email: string;
  active: boolean;
}

/** What is stored of a department, in words, by column. */
export function storedCells(one: Department, paths: DepartmentPaths, language: Language): Record<string, string> {
  return {
    id: one.id,
    name: one.name,
    shortName: one.shortName,
    nameEnglish: one.nameEnglish,
    parent: paths.textOf(one.parentId),
    level: translate(language, `organization.levels.${one.level}`),
    league: translate(language, `organization.leagues.${one.league}`),
    order: String(one.order),
    email: one.email ?? '',
    state: translate(language, `organization.states.${one.active ? 'active' : 'retired'}`),
  };
}

/** Finds which department a row means: by its identifier, or by its name below its parent. */
function existingOf({ cells }: SheetRow, paths: DepartmentPaths): Department | undefined {
  if (cells['id']) return paths.find(`#${cells['id']}`);
  const { parent = '', name = '' } = cells;
  return paths.find(parent ? `${parent}/${name}` : name);
}

/** Takes a row; gives what it says of a department, or what is wrong with it. */
export async function readEntry(
  row: SheetRow,
  paths: DepartmentPaths,
  language: Language,
): Promise<DepartmentEntry | Fault[]> {
  const { line, cells } = row;
  const existing = existingOf(row, paths);
  if (cells['id'] && !existing) return [{ line, column: 'id', told: { key: 'organization.errors.no-department' } }];
  const stored = existing ? storedCells(existing, paths, language) : { league: 'none', order: '0', state: 'active' };
  const said = { ...stored, ...Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined)) };
  const cell = (column: string): string => (said as Record<string, string | undefined>)[column] ?? '';
  const faults: Fault[] = [];
  const code = <Code extends string>(column: string, codes: readonly Code[], key: string, otherwise?: Code) => {
    const found = cell(column) === '' ? otherwise : codeOf(cell(column), codes, key);
    if (!found) {
      const known = codes.map((one) => translate(language, `${key}.${one}`)).join(' / ');
      faults.push({ line, column, told: { key: 'transfer.errors.unknown-word', params: { known } } });
    }
    return found ?? codes[0];
  };
  const level = code('level', levels, 'organization.levels');
  const league = code('league', leagues, 'organization.leagues', 'none');
  const state = code('state', states, 'organization.states', 'active');
  const typed = { name: cell('name'), shortName: cell('shortName'), nameEnglish: cell('nameEnglish') };
  const order = cell('order') === '' ? '0' : cell('order');
  let fields = { ...typed, order: 0, email: '' };
  faults.push(
    ...(await faultsOf(line, () => {
      const {
        name,
        shortName,
        nameEnglish,
        order: number,
        email,
      } = parse(newDepartmentSchema, { ...typed, order, level, league, email: cell('email') });
      fields = { name, shortName, nameEnglish, order: number, email };
    })),
  );
  if (faults.length > 0 || !level || !league) return faults;
  const key = existing?.id ?? newId();
  return { line, key, existing, parentText: cell('parent'), ...fields, level, league, active: state === 'active' };
}

/** What a row changes, in words; `parent` is the parent's path as it is stored now, or as the row has it. */
export function plannedDepartment(
  entry: DepartmentEntry,
  parent: string,
  paths: DepartmentPaths,
  language: Language,
): PlannedRow {
  const { name, shortName, nameEnglish, order, email, active } = entry;
  const after = {
    name,
    shortName,
    nameEnglish,
    parent,
    level: translate(language, `organization.levels.${entry.level}`),
    league: translate(language, `organization.leagues.${entry.league}`),
    order: String(order),
    email,
    state: translate(language, `organization.states.${active ? 'active' : 'retired'}`),
  };
  const before = entry.existing && storedCells(entry.existing, paths, language);
  return compare(entry.line, entry.existing?.name ?? name, before, after);
}
