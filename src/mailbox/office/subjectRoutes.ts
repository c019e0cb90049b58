import { type Request, type Response, Router } from 'express';
import { forbidden, invalid, type Message, type Refusal } from '../../kernel/errors.ts';
import { changeSetting } from '../../organization/index.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { subjectClasses, subjectClassesEnglish } from '../settings.ts';
import { englishLines, subjectList, type SubjectClass } from '../subjects.ts';
import { administersMailbox } from './adminSettings.ts';
import { sayIn } from './words.ts';

/** /office/mailbox/subjects: the subject classes 主题分类, each with its name on English pages. */
export const subjectRoutes = Router();

subjectRoutes.use((request, _response, next) => {
  if (!administersMailbox(actorOf(request))) throw forbidden();
  next();
});

const spare = 3;
const longest = { name: 60, english: 100 };

/** The lines of the form: as typed, or as stored with a few empty ones. */
function linesOf(typed: Record<string, string>): SubjectClass[] {
  const stored = [...subjectList(), ...Array.from({ length: spare }, () => ({ name: '', english: '' }))];
  const sent = Object.keys(typed).filter((field) => /^name-\d{1,3}$/.test(field)).length;
  if (sent === 0) return stored;
  return Array.from({ length: sent }, (_, index) => ({
    name: (typed[`name-${index}`] ?? '').trim(),
    english: (typed[`english-${index}`] ?? '').trim(),
  }));
}

function show(request: Request, response: Response, refusal?: Refusal): void {
  const say = sayIn(actorOf(request).language);
  response.render('mailbox/staff/subjects', {
    layout: 'office',
    title: say('subjects.title'),
    classes: linesOf(refusal ? typedIn(request) : {}).map((one, index) => ({ ...one, row: index + 1, index })),
    longest,
    errors: errorsOf(refusal),
  });
}
subjectRoutes.get('/', (request, response) => show(request, response));

subjectRoutes.post(
  '/',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    const lines = linesOf(typedIn(request));
    const errors = faultsOf(lines);
    if (Object.keys(errors).length > 0) throw invalid(errors);
    const classes = lines.filter(({ name }) => name !== '');
    await changeSetting(actor, { key: subjectClasses.key, value: classes.map(({ name }) => name) });
    await changeSetting(actor, { key: subjectClassesEnglish.key, value: englishLines(classes) });
    redirectWith(response, '/office/mailbox/subjects', { key: 'mailbox-office.told.subjects' });
  }, show),
);

/** What is wrong with the lines, by field; the sign between both names cannot stand in one. */
function faultsOf(lines: readonly SubjectClass[]): Record<string, Message> {
  const errors: Record<string, Message> = {};
  lines.forEach(({ name, english }, index) => {
    const nameless = name === '' && english !== '';
    if (nameless) errors[`name-${index}`] = { key: 'mailbox-office.subjects.errors.nameless' };
    else if (/[=＝]/.test(name)) errors[`name-${index}`] = { key: 'mailbox-office.subjects.errors.sign' };
    else if (name !== '' && lines.findIndex((one) => one.name === name) < index)
      errors[`name-${index}`] = { key: 'mailbox-office.subjects.errors.twice' };
    else if (name.length > longest.name)
      errors[`name-${index}`] = { key: 'errors.too-long', params: { maximum: longest.name } };
    if (english.length > longest.english)
      errors[`english-${index}`] = { key: 'errors.too-long', params: { maximum: longest.english } };
  });
  if (lines.every(({ name }) => name === '')) errors['name-0'] = { key: 'mailbox-office.subjects.errors.none' };
  return errors;
}
