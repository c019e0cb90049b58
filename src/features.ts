import type { Feature } from './feature.ts';

/** Every feature of the city, in the order in which they start. */
export const features: readonly Feature[] = [];
