import { Router } from 'express';

export const styleguide = Router();
