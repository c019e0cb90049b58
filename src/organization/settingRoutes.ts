import { type Request, type Response, Router } from 'express';
import { forbidden, type Refusal } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { declaredSettings, settingByKey, settingHistory, type SettingValue } from '../platform/settings.ts';
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
  isAbout,
  settingRow,
  settingWords,
  valueWords,
} from './settingViews.ts';

/** Administrators' pages about settings, below /office/settings. */
export const settingRoutes = Router();

settingRoutes.use((request, _response, next) => {
  if (!canChangeSettings(actorOf(request))) throw forbidden();
  next();
});

/** One area a page; a search goes through all of them. */
settingRoutes.get('/', (request, response) => {
  const { language } = actorOf(request);
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
      settings: settings.map((setting) => settingRow(setting, language)),
    })),
  });
});

const readQuery = (given: unknown): string => (typeof given === 'string' ? given.trim().slice(0, 100) : '');

const keyOf = (request: Request): string => String(request.params.key);
const typedForm = (value: SettingValue): string => (Array.isArray(value) ? value.join('\n') : String(value));

async function showSetting(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const { language } = actorOf(request);
  const setting = settingByKey(keyOf(request));
  const history = await settingHistory(setting.key);
  response.render('organization/staff/setting', {
    layout: 'office',
    title: settingWords(setting, language).name,
    setting: {
      ...settingRow(setting, language),
      type: setting.type,
      bounds: boundsWords(setting, language),
      default: valueWords(setting, setting.default, language),
      choices: choiceOptions(setting, language),
      on: setting.value() === true,
    },
    values: { value: typedForm(setting.value()), ...typedIn(request) },
    history: history.map(({ value, by, at }) => ({ text: valueWords(setting, value, language), who: by, at })),
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
