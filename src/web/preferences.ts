import { Router } from 'express';

export const preferences = Router();
