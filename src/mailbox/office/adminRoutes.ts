import { type Request, type Response, Router } from 'express';
import { forbidden, type Refusal } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/language.ts';
import { listDepartments, nameInLanguage, settingValueWords } from '../../organization/index.ts';
import { translate } from '../../platform/language.ts';
import { settingByKey, type Setting } from '../../platform/settings.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { boxes } from '../letter.ts';
import { boxOwner } from '../rules.ts';
import { subjectList, subjectOptions, subjectWord } from '../subjects.ts';
import { keepsTemplates, removeTemplate, saveTemplate } from './templates.ts';
import { listTemplates, templateById } from './templateModel.ts';
import { administersMailbox, boxSettings, settingGroups } from './adminSettings.ts';
import { boxRoutes } from './boxRoutes.ts';
import { subjectRoutes } from './subjectRoutes.ts';
import { boxWord, sayIn } from './words.ts';

/** /office/mailbox: boxes and their rules, limits, subject classes; answer templates. Letters are not shown here. */
export const adminRoutes = Router();

function settingLine(name: string, language: Language) {
  const setting: Setting = settingByKey(`mailbox.${name}`);
  const value = setting.value();
  const say = sayIn(language);
  if (name === 'subject-classes') return subjectLine(language);
  return {
    href: `/office/settings/${setting.key}`,
    name: translate(language, `mailbox.settings.${name}.name`),
    value: Array.isArray(value)
      ? say('admin.lines', { count: value.length })
      : typeof value === 'boolean'
        ? say(value ? 'answers.yes' : 'answers.no')
        : settingValueWords(setting, value, language),
  };
}

/** The classes have a page of their own, with both names beside each other. */
function subjectLine(language: Language) {
  const classes = subjectList();
  const english = classes.filter((one) => one.english !== '').length;
  return {
    href: '/office/mailbox/subjects',
    name: translate(language, 'mailbox.settings.subject-classes.name'),
    value: sayIn(language)('subjects.counted', { count: classes.length, english }),
  };
}

adminRoutes.get('/', async (request, response) => {
  const actor = actorOf(request);
  if (!administersMailbox(actor)) throw forbidden();
  const { language } = actor;
  const say = sayIn(language);
  const names = new Map((await listDepartments()).map(({ id, name }) => [id, name]));
  response.render('mailbox/staff/admin', {
    layout: 'office',
    title: say('admin.title'),
    boxes: boxes.map((box) => ({
      name: boxWord(box, language),
      href: `/office/mailbox/boxes/${box}`,
      owner: boxOwner(box)
        ? nameInLanguage(names.get(boxOwner(box)) ?? boxOwner(box), language)
        : say('admin.secretariat'),
      settings: boxSettings[box]
        .filter((name) => !name.startsWith('owner-'))
        .map((name) => settingLine(name, language)),
    })),
    groups: Object.entries(settingGroups).map(([name, keys]) => ({
      title: say(`admin.groups.${name}`),
      settings: keys.map((key) => settingLine(key, language)),
    })),
    templates: (await listTemplates()).length,
  });
});

adminRoutes.use('/boxes', boxRoutes);
adminRoutes.use('/subjects', subjectRoutes);

async function showTemplates(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  if (!keepsTemplates(actor)) throw forbidden();
  const say = sayIn(actor.language);
  const chosen = typeof request.query['edit'] === 'string' ? await templateById(request.query['edit']) : undefined;
  const stored = {
    templateId: chosen?._id ?? '',
    title: chosen?.title ?? '',
    subject: chosen?.subject ?? '',
    text: chosen?.text ?? '',
  };
  response.render('mailbox/staff/templates', {
    layout: 'office',
    title: say('templates.title'),
    templates: (await listTemplates()).map(({ _id, title, subject, text, changedAt }) => ({
      id: _id,
      title,
      subject: subjectWord(subject, actor.language),
      text,
      changedAt,
      href: `/office/mailbox/templates?edit=${_id}#edit`,
    })),
    subjects: subjectOptions(actor.language),
    values: { ...stored, ...(refusal ? typedIn(request) : {}) },
    editing: chosen !== undefined,
    errors: errorsOf(refusal),
  });
}
adminRoutes.get('/templates', (request, response) => showTemplates(request, response));
adminRoutes.post(
  '/templates',
  formAction(async (request, response) => {
    await saveTemplate(actorOf(request), request.body);
    redirectWith(response, '/office/mailbox/templates', { key: 'mailbox-office.told.template-saved' });
  }, showTemplates),
);
adminRoutes.post(
  '/templates/remove',
  formAction(async (request, response) => {
    await removeTemplate(actorOf(request), request.body);
    redirectWith(response, '/office/mailbox/templates', { key: 'mailbox-office.told.template-removed' });
  }, showTemplates),
);
