import type { Feature } from '../feature.ts';
import { ImportDraftModel } from './draftModel.ts';

export { compare, faultsOf, type GivenPassword, type Plan, type PlannedRow, runSteps, type Step } from './plan.ts';
export { type Transfer, transferRoutes } from './routes.ts';
export { type Cells, codeOf, type Fault, readSheet, type SheetRow, writeSheet } from './sheet.ts';

/** Taking tables out and in as CSV 导入导出; what a table holds is declared by the feature it belongs to. */
export const transfer: Feature = { name: 'transfer', models: [ImportDraftModel] };
