import { features } from './features.ts';
import { createSessionIndexes } from './platform/sessions.ts';
import { loadSettings } from './platform/settings.ts';

/** What must be there before the first request: indexes of every feature and the settings in memory. */
export async function prepareFeatures(): Promise<void> {
  for (const model of features.flatMap((feature) => feature.models ?? [])) await model.createIndexes();
  await createSessionIndexes();
  await loadSettings();
}
