import type { Feature, NavigationItem } from '../feature.ts';
import { showAtStart } from '../identity/index.ts';
import { beforeSettingChange } from '../organization/index.ts';
import { hasRole } from '../kernel/actor.ts';
import { administersMailbox } from './office/adminSettings.ts';
import { whyNotKept } from './office/boxKeepers.ts';
import { ImportRunModel } from './office/import/runModel.ts';
import { clearImports, importLetters, mayImport, undoImport } from './office/import/startImport.ts';
import { seesBoard } from './office/supervision.ts';
import { letterTasks } from './office/tasks.ts';
import { TemplateModel } from './office/templateModel.ts';
import { keepsTemplates } from './office/templates.ts';
import { seesTroubles } from './office/troubles.ts';
import { worksWithLetters } from './policy.ts';
import { mailboxOffice } from './staffRoutes.ts';
import { TroubleModel } from './troubleModel.ts';

const entry = (key: string, href: string, order: number, allowed: NavigationItem['allowed']): NavigationItem => ({
  area: 'office',
  key: `mailbox-office.${key}`,
  href,
  order,
  ...(allowed ? { allowed } : {}),
});

/** The office's part of the mailbox: desks, board, administration, import. */
export const officeSide = {
  models: [TemplateModel, ImportRunModel, TroubleModel],
  jobs: [importLetters, undoImport, clearImports] as readonly unknown[] as NonNullable<Feature['jobs']>,
  routes: mailboxOffice,
  navigation: [
    entry('list.title', '/office/letters', 10, worksWithLetters),
    entry('archive.title', '/office/letters/archive', 11, worksWithLetters),
    entry('board.title', '/office/supervision', 20, seesBoard),
    entry(
      'templates.title',
      '/office/mailbox/templates',
      30,
      (actor) => keepsTemplates(actor) && hasRole(actor, 'clerk', 'administrator'),
    ),
    entry('imports.title', '/office/letters/import', 31, mayImport),
    entry('admin.title', '/office/mailbox', 815, administersMailbox),
    entry('troubles.title', '/office/troubles', 840, seesTroubles),
  ],
} satisfies Record<string, unknown>;

showAtStart(letterTasks);
beforeSettingChange(whyNotKept);
