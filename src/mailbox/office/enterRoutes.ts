import { type Request, type Response, Router } from 'express';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, type Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { departmentOptions, listDepartments } from '../../organization/index.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { submitLetter } from '../actions/submitLetter.ts';
import { boxes, channels, letterKinds } from '../letter.ts';
import { canEnterOnBehalf } from '../policy.ts';
import { bodyLengthMax, titleLengthMax } from '../settings.ts';
import { letterPath } from './rows.ts';
import { boxWord, kindWord, options, sayIn } from './words.ts';

/** /office/letters/new: a letter for somebody who cannot write on line 代办. */
export const enterRoutes = Router();

const onBehalf = channels.filter((channel) => channel !== 'web' && channel !== 'import');

async function formModel(actor: Actor, values: Record<string, string>, refusal?: Refusal) {
  const { language } = actor;
  const say = sayIn(language);
  return {
    layout: 'office',
    title: say('enter.title'),
    values: {
      channel: 'telephone',
      kind: '',
      box: 'unified',
      wishedDepartmentId: '',
      title: '',
      body: '',
      name: '',
      phone: '',
      email: '',
      address: '',
      enteredFor: '',
      mayPublish: '',
      ...values,
      // What was changed after sending can go as a letter of its own
      formKey: refusal?.code === 'form-used' ? newId(24) : values['formKey'] || newId(24),
    },
    errors: errorsOf(refusal),
    channels: options(onBehalf, (channel) => say(`channels.${channel}`)),
    kinds: options(letterKinds, (kind) => kindWord(kind, language)),
    boxes: options(boxes, (box) => boxWord(box, language)),
    departments: departmentOptions(await listDepartments(), language),
    titleMax: titleLengthMax.value(),
    bodyMax: bodyLengthMax.value(),
  };
}

async function showForm(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  if (!canEnterOnBehalf(actor)) throw forbidden('mailbox.errors.not-your-part');
  response.render('mailbox/staff/enter', await formModel(actor, refusal ? typedIn(request) : {}, refusal));
}

enterRoutes.get('/new', (request, response) => showForm(request, response));

/** Number and code are shown once, for the person at the telephone or counter; the code is kept nowhere in plain. */
enterRoutes.post(
  '/new',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    const { number, code } = await submitLetter(actor, {
      ...request.body,
      channel: request.body?.channel ?? 'counter',
    });
    response.set('Cache-Control', 'no-store');
    const title = sayIn(actor.language)('entered.title');
    response.render('mailbox/staff/entered', { layout: 'office', title, number, code, href: letterPath(number) });
  }, showForm),
);
