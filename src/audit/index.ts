import type { Feature } from '../feature.ts';
import { AuditEntryModel } from './entryModel.ts';

export { type AuditNote, recordAudit } from './record.ts';

/** The trail of what officials do 审计日志. */
export const audit: Feature = { name: 'audit', models: [AuditEntryModel] };
