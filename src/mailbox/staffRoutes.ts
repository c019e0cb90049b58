import { Router } from 'express';
import { adminRoutes } from './office/adminRoutes.ts';
import { enterRoutes } from './office/enterRoutes.ts';
import { importRoutes } from './office/import/routes.ts';
import { listRoutes } from './office/listRoutes.ts';
import { supervisionRoutes } from './office/supervisionRoutes.ts';
import { troubleRoutes } from './office/troubleRoutes.ts';
import { workbenchRoutes } from './office/workbenchRoutes.ts';

/** The staff side of the mailbox; mounted at /office. */
export const mailboxOffice = Router();

mailboxOffice.use('/letters/import', importRoutes);
mailboxOffice.use('/letters', enterRoutes, listRoutes, workbenchRoutes);
mailboxOffice.use('/supervision', supervisionRoutes);
mailboxOffice.use('/mailbox', adminRoutes);
mailboxOffice.use('/troubles', troubleRoutes);
