import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { AuditEntryModel } from './entryModel.ts';
import { canReadAudit } from './policy.ts';
import { staffRoutes } from './staffRoutes.ts';

export { type AuditNote, recordAudit } from './record.ts';

/** The trail of what officials do 审计日志. */
export const audit: Feature = {
  name: 'audit',
  models: [AuditEntryModel],
  office: Router().use(staffRoutes),
  navigation: [{ area: 'office', key: 'audit.title', href: '/office/audit', order: 830, allowed: canReadAudit }],
};
