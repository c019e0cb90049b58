import { type Request, type Response, Router } from 'express';
import { forbidden, type Refusal } from '../kernel/errors.ts';
import { hasRole } from '../kernel/actor.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { createDepartment } from './actions/createDepartment.ts';
import { moveDepartment } from './actions/moveDepartment.ts';
import { renameDepartment } from './actions/renameDepartment.ts';
import { reopenDepartment } from './actions/reopenDepartment.ts';
import { retireDepartment } from './actions/retireDepartment.ts';
import { setDepartmentAddress } from './actions/setDepartmentAddress.ts';
import { canManageDepartment } from './policy.ts';
import { openWorkOf } from './retirement.ts';
import { listDepartments, requireDepartment } from './tree.ts';
import { departmentName, departmentOptions, departmentRow, leagueOptions, levelOptions } from './views.ts';

/** Administrators' pages about the tree of departments, below /office/departments. */
export const departmentRoutes = Router();

departmentRoutes.use((request, _response, next) => {
  if (!hasRole(actorOf(request), 'administrator')) throw forbidden();
  next();
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOf = (request: Request): string => String(request.params.id);

departmentRoutes.get('/', async (request, response) => {
  const actor = actorOf(request);
  const retired = request.query.retired === '1';
  const all = await listDepartments({ retired: true });
  const shown = all.filter((department) => retired || department.active);
  response.render('organization/staff/departments', {
    layout: 'office',
    title: translate(actor.language, 'organization.departments.title'),
    departments: shown.map((department) => ({
      ...departmentRow(department, actor.language),
      managed: canManageDepartment(actor, department.path),
    })),
    count: all.filter((department) => department.active).length,
    retiredCount: all.filter((department) => !department.active).length,
    retired,
  });
});

/** Active departments of one's own branch, below which others can hang. */
async function parentOptions(request: Request, without?: string) {
  const actor = actorOf(request);
  const departments = await listDepartments();
  const possible = departments.filter(
    (one) => canManageDepartment(actor, one.path) && (without === undefined || !one.path.includes(without)),
  );
  return departmentOptions(possible, actor.language);
}

async function showNew(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const { language } = actorOf(request);
  const empty = { name: '', shortName: '', nameEnglish: '', level: 'city', league: 'none', order: '0', email: '' };
  response.render('organization/staff/department-new', {
    layout: 'office',
    title: translate(language, 'organization.department-new.title'),
    values: { ...empty, parentId: textOf(request.query.parent), ...typedIn(request) },
    parents: await parentOptions(request),
    levels: levelOptions(language),
    leagues: leagueOptions(language),
    errors: errorsOf(refusal),
  });
}
departmentRoutes.get('/new', (request, response) => showNew(request, response));

departmentRoutes.post(
  '/',
  formAction(async (request, response) => {
    const { id } = await createDepartment(actorOf(request), request.body);
    redirectWith(response, `/office/departments/${id}`, { key: 'organization.told.created' });
  }, showNew),
);

async function showDepartment(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const { language } = actor;
  const department = await requireDepartment(idOf(request));
  if (!canManageDepartment(actor, department.path)) throw forbidden();
  const all = await listDepartments({ retired: true });
  const above = all.filter((one) => department.path.includes(one.id) && one.id !== department.id);
  const { name, shortName, nameEnglish, level, league, order, parentId, email = '' } = department;
  response.render('organization/staff/department', {
    layout: 'office',
    title: departmentName(department, language),
    department: departmentRow(department, language),
    crumbs: above.map((one) => ({ href: `/office/departments/${one.id}`, text: departmentName(one, language) })),
    below: all.filter((one) => one.parentId === department.id && one.active).map((one) => departmentRow(one, language)),
    root: parentId === null,
    values: { name, shortName, nameEnglish, level, league, order: String(order), parentId, email, ...typedIn(request) },
    parents: await parentOptions(request, department.id),
    levels: levelOptions(language),
    leagues: leagueOptions(language),
    openWork: department.active ? await openWorkOf(department.id, actor) : [],
    errors: errorsOf(refusal),
  });
}
departmentRoutes.get('/:id', (request, response) => showDepartment(request, response));

const verbs = [
  ['rename', renameDepartment],
  ['move', moveDepartment],
  ['address', setDepartmentAddress],
  ['retire', retireDepartment],
  ['reopen', reopenDepartment],
] as const;
for (const [verb, act] of verbs) {
  departmentRoutes.post(
    `/:id/${verb}`,
    formAction(async (request, response) => {
      await act(actorOf(request), { ...(request.body as object), id: idOf(request) });
      redirectWith(response, `/office/departments/${idOf(request)}`, { key: `organization.told.${verb}` });
    }, showDepartment),
  );
}
