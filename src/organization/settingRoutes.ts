import { type Request, type Response, Router } from 'express';
import { forbidden, type Refusal } from '../kernel/errors.ts';
import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import {
  declaredSettings,
  settingByKey,
  settingHistory,
  type Setting,
  type SettingValue,
} from '../platform/settings.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { changeSetting } from './actions/changeSetting.ts';
import { resetSetting } from './actions/resetSetting.ts';
import { canChangeSettings } from './policy.ts';
import {
  areaOf,
  areaWords,
  boundsWords,
  choiceOptions,
  historyRows,
  isAbout,
  settingRow,
  settingWords,
  valueWords,
} from './settingViews.ts';

import { listDepartments } from './tree.ts';
import { departmentName, departmentOptions } from './views.ts';

/** Administrators' pages about settings, below /office/settings. */
export const settingRoutes = Router();

settingRoutes.use((request, _response, next) => {
  if (!canChangeSettings(actorOf(request))) throw forbidden();
  next();
});

/** One area a page; a search goes through all of them. */
settingRoutes.get('/', async (request, response) => {
  const { language } = actorOf(request);
  const nameOf = await namesIn(language);
  const search = readQuery(request.query['search']);
  const areas = Map.groupBy(declaredSettings(), (setting) => areaOf(setting.key));
  const current = areas.has(readQuery(request.query['area'])) ? readQuery(request.query['area']) : [...areas.keys()][0];
  const shown = search
    ? declaredSettings().filter((setting) => isAbout(setting, search, language))
    : areas.get(current ?? '');
  response.render('organization/staff/settings', {
    layout: 'office',
    title: translate(language, 'organization.settings.title'),
    search,
    tabs: [...areas].map(([area, { length }]) => ({
      href: `/office/settings?area=${area}`,
      text: areaWords(area, language),
      count: length,
      current: area === current,
    })),
    areas: [...Map.groupBy(shown ?? [], (setting) => areaOf(setting.key))].map(([area, settings]) => ({
      title: areaWords(area, language),
      settings: settings.map((setting) => settingRow(setting, language, nameOf)),
    })),
  });
});

const readQuery = (given: unknown): string => (typeof given === 'string' ? given.trim().slice(0, 100) : '');

const keyOf = (request: Request): string => String(request.params.key);
const typedForm = (value: SettingValue): string => (Array.isArray(value) ? value.join('\n') : String(value));

/** Names of departments by their identifiers, those that ended too. */
async function namesIn(language: Language): Promise<(departmentId: string) => string> {
  const all = await listDepartments({ retired: true });
  const names = new Map(all.map((department) => [department.id, departmentName(department, language)]));
  return (id) => names.get(id) ?? id;
}

/** Departments to choose from; a list of ticks shows no tree. */
async function departmentChoices({ says, type }: Setting, language: Language) {
  if (says !== 'department') return [];
  const options = departmentOptions(await listDepartments(), language);
  return type === 'list' ? options.map(({ value, label }) => ({ value, label: label.trim() })) : options;
}

/** What was ticked in a form that was refused. */
function chosenIn(request: Request): string[] | undefined {
  const { value } = (request.body ?? {}) as { value?: unknown };
  return value === undefined ? undefined : [value].flat().map(String);
}

async function showSetting(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const { language } = actorOf(request);
  const setting = settingByKey(keyOf(request));
  const [history, nameOf] = [await settingHistory(setting.key), await namesIn(language)];
  response.render('organization/staff/setting', {
    layout: 'office',
    title: settingWords(setting, language).name,
    setting: {
      ...settingRow(setting, language, nameOf),
      type: setting.type,
      says: setting.says,
      bounds: boundsWords(setting, language),
      default: valueWords(setting, setting.default, language, nameOf),
      departments: await departmentChoices(setting, language),
      chosen: chosenIn(request) ?? setting.value(),
      choices: choiceOptions(setting, language),
      on: setting.value() === true,
    },
    values: { value: typedForm(setting.value()), ...typedIn(request) },
    history: historyRows(setting, history, language, nameOf),
    errors: errorsOf(refusal),
  });
}
settingRoutes.get('/:key', (request, response) => showSetting(request, response));

settingRoutes.post(
  '/:key',
  formAction(async (request, response) => {
    await changeSetting(actorOf(request), { ...(request.body as object), key: keyOf(request) });
    redirectWith(response, `/office/settings/${keyOf(request)}`, { key: 'organization.told.setting' });
  }, showSetting),
);
settingRoutes.post(
  '/:key/reset',
  formAction(async (request, response) => {
    await resetSetting(actorOf(request), { key: keyOf(request) });
    redirectWith(response, `/office/settings/${keyOf(request)}`, { key: 'organization.told.setting-reset' });
  }, showSetting),
);
