import type { Feature } from '../feature.ts';
import { ImportDraftModel } from './draftModel.ts';
import { ImportStepsModel, TableImportModel } from './importModel.ts';
import { importTable } from './startImport.ts';

export { findOfficialsBy } from './officials.ts';
export { compare, faultsOf, type Plan, type PlannedRow, type Step, type StepInput } from './plan.ts';
export { faultSheet, importProgress, type ImportState } from './progress.ts';
export { transferRoutes } from './routes.ts';
export { type Cells, codeOf, type Fault, readSheet, type SheetRow, writeSheet } from './sheet.ts';
export type { StepVerb, Transfer } from './table.ts';

/** Taking tables out and in as CSV 导入导出; what a table holds is declared by the feature it belongs to. */
export const transfer: Feature = {
  name: 'transfer',
  models: [ImportDraftModel, TableImportModel, ImportStepsModel],
  jobs: [importTable],
};
