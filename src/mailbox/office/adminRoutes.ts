import { type Request, type Response, Router } from 'express';
import { hasRoleCityWide, type Actor } from '../../kernel/actor.ts';
import { forbidden, type Refusal } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/language.ts';
import { listDepartments } from '../../organization/index.ts';
import { translate } from '../../platform/language.ts';
import { settingByKey, type Setting } from '../../platform/settings.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { boxes } from '../letter.ts';
import { boxOwner } from '../rules.ts';
import { subjectClasses } from '../settings.ts';
import { keepsTemplates, removeTemplate, saveTemplate } from './templates.ts';
import { listTemplates, templateById } from './templateModel.ts';
import { boxWord, options, sayIn } from './words.ts';

/** /office/mailbox: boxes and their rules, limits, subject classes; answer templates. Letters are not shown here. */
export const adminRoutes = Router();

/** Which settings stand together on the page. */
const groups = {
  limits: [
    'accept-days',
    'assign-days',
    'assign-hours-utility',
    'assign-hours-emergency',
    'return-days',
    'answer-days-consultation',
    'answer-days-other',
    'answer-days-complex',
    'extension-days-max',
    'assisting-share',
    'supplement-days',
    'petition-answer-days',
    'petition-extension-days',
    'office-opens-at',
    'office-closes-at',
  ],
  supervision: ['reminder-days-left', 'yellow-card-days-left', 'rating-reminder-days', 'close-after-days'],
  words: ['subject-classes', 'decline-reasons', 'name-required', 'attachments-max', 'body-length-max'],
  release: ['release-by-clerk', 'release-free-departments'],
} as const;
const boxSettings = {
  unified: ['answer-days-consultation', 'answer-days-other'],
  leader: ['answer-days-leader', 'owner-leader', 'leader-may-be-public'],
  efficiency: ['answer-days-efficiency', 'owner-efficiency', 'efficiency-may-be-public'],
} as const;

export const administersMailbox = (actor: Actor): boolean => hasRoleCityWide(actor, 'administrator');

function settingLine(name: string, language: Language) {
  const setting: Setting = settingByKey(`mailbox.${name}`);
  const value = setting.value();
  const say = sayIn(language);
  return {
    href: `/office/settings/${setting.key}`,
    name: translate(language, `mailbox.settings.${name}.name`),
    value: Array.isArray(value)
      ? say('admin.lines', { count: value.length })
      : typeof value === 'boolean'
        ? say(value ? 'answers.yes' : 'answers.no')
        : String(value) || '–',
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
      owner: boxOwner(box) ? (names.get(boxOwner(box)) ?? boxOwner(box)) : say('admin.secretariat'),
      settings: boxSettings[box].map((name) => settingLine(name, language)),
    })),
    groups: Object.entries(groups).map(([name, keys]) => ({
      title: say(`admin.groups.${name}`),
      settings: keys.map((key) => settingLine(key, language)),
    })),
    templates: (await listTemplates()).length,
  });
});

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
      subject,
      text,
      changedAt,
      href: `/office/mailbox/templates?edit=${_id}#edit`,
    })),
    subjects: options(subjectClasses.value(), (subject) => subject),
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
