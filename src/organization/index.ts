import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { hasRole } from '../kernel/actor.ts';
import { mayCityWide } from '../kernel/may.ts';
import { DepartmentModel, TreeStateModel } from './departmentModel.ts';
import { departmentRoutes } from './departmentRoutes.ts';
import { departmentTransferRoutes } from './departmentTransfer.ts';
import { settingRoutes } from './settingRoutes.ts';

export { type Department, type League, leagues, type Level } from './department.ts';
export { departmentAddress } from './departmentAddress.ts';
export { departmentPaths, type DepartmentPaths } from './departmentPaths.ts';
export { changeSetting } from './actions/changeSetting.ts';
export { createDepartment } from './actions/createDepartment.ts';
export { departmentById, departmentPath, forgetDepartments, listDepartments, nameInLanguage } from './tree.ts';
export { departmentName, departmentOptions } from './views.ts';
export { beforeRetirement, type OpenWork } from './retirement.ts';
export { valueWords as settingValueWords } from './settingViews.ts';
export { beforeSettingChange } from './settingChecks.ts';

/** The departments of the city 组织机构, and its settings 系统设置. */
export const organization: Feature = {
  name: 'organization',
  models: [DepartmentModel, TreeStateModel],
  office: Router().use('/departments', departmentTransferRoutes, departmentRoutes).use('/settings', settingRoutes),
  navigation: [
    {
      area: 'office',
      key: 'organization.departments.title',
      href: '/office/departments',
      order: 800,
      allowed: (actor) => hasRole(actor, 'administrator'),
    },
    {
      area: 'office',
      key: 'organization.settings.title',
      href: '/office/settings',
      order: 820,
      allowed: (actor) => mayCityWide(actor, 'administrator'),
    },
  ],
};
