import { type Request, type Response, Router } from 'express';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid, notFound, Refusal, type Message } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/language.ts';
import { changeSetting, departmentById, departmentOptions, listDepartments } from '../../organization/index.ts';
import { translate } from '../../platform/language.ts';
import { readSettingValue, settingByKey } from '../../platform/settings.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { boxes, type Box } from '../letter.ts';
import { whyNotOwner } from './boxKeepers.ts';
import { administersMailbox, boxSettings } from './adminSettings.ts';
import { boxWord, sayIn } from './words.ts';

/** /office/mailbox/boxes/:box: the rules, limits, visibility and owner of one box, on one page. */
export const boxRoutes = Router();

function boxOf(actor: Actor, request: Request): Box {
  if (!administersMailbox(actor)) throw forbidden();
  const box = boxes.find((one) => one === request.params['box']);
  if (!box) throw notFound();
  return box;
}

/** One setting as a field of the form. */
function fieldOf(name: string, typed: Record<string, string>, sent: boolean, language: Language) {
  const setting = settingByKey(`mailbox.${name}`);
  const value = setting.value();
  const words = (end: string) => translate(language, `mailbox.settings.${name}.${end}`);
  const kind = name.startsWith('owner-') ? 'owner' : setting.type === 'boolean' ? 'switch' : 'days';
  return {
    name,
    kind,
    label: words('name'),
    hint: words('explanation'),
    value: typed[name] ?? (sent ? '' : String(value)),
    on: sent ? typed[name] !== undefined : value === true,
  };
}

async function showBox(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const box = boxOf(actor, request);
  const { language } = actor;
  const typed = refusal ? typedIn(request) : {};
  const title = boxWord(box, language);
  response.render('mailbox/staff/box', {
    layout: 'office',
    title,
    action: `/office/mailbox/boxes/${box}`,
    text: sayIn(language)(`box.about.${box}`),
    fields: boxSettings[box].map((name) => fieldOf(name, typed, refusal !== undefined, language)),
    departments: departmentOptions(await listDepartments(), language),
    errors: errorsOf(refusal),
  });
}
boxRoutes.get('/:box', (request, response) => showBox(request, response));

/** Everything is looked at before anything is changed, so that a form goes in whole or not at all. */
boxRoutes.post(
  '/:box',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    const box = boxOf(actor, request);
    const typed = (request.body ?? {}) as Record<string, unknown>;
    const errors: Record<string, Message> = {};
    for (const name of boxSettings[box]) {
      const wrong = await faultOf(name, typed[name]);
      if (wrong) errors[name] = wrong;
    }
    if (Object.keys(errors).length > 0) throw invalid(errors);
    for (const name of boxSettings[box]) {
      await changeSetting(actor, { key: `mailbox.${name}`, value: String(typed[name] ?? '') });
    }
    redirectWith(response, '/office/mailbox', {
      key: 'mailbox-office.told.box',
      params: { box: boxWord(box, actor.language) },
    });
  }, showBox),
);

/** Why a value cannot be taken, or undefined. An owner is a department that is in use. */
async function faultOf(name: string, value: unknown): Promise<Message | undefined> {
  if (name.startsWith('owner-') && value) {
    const department = typeof value === 'string' ? await departmentById(value) : undefined;
    return department?.active ? whyNotOwner(department.id) : { key: 'errors.invalid-value' };
  }
  try {
    readSettingValue(settingByKey(`mailbox.${name}`), value ?? '');
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.fields?.['value'] ?? { key: 'errors.invalid-value' };
    throw error;
  }
}
