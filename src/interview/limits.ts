import { rateLimit } from '../web/rateLimit.ts';

/** How often one may ask and support: generous for a person, firm against a machine. */
export const askLimit = rateLimit('interview-ask', { person: 6, address: 300, seconds: 60 });
export const supportLimit = rateLimit('interview-support', { person: 60, address: 3000, seconds: 60 });
export const rateLimitOfRating = rateLimit('interview-rate', { person: 6, address: 300, seconds: 60 });
export const reminderLimit = rateLimit('interview-reminder', { person: 5, address: 60, seconds: 600, shared: true });
