import { features } from './features.ts';
import { createSessionIndexes } from './platform/sessions.ts';
import { loadSettings } from './platform/settings.ts';
import { declareRooms } from './realtime.ts';
import { SharedCountModel } from './platform/sharedCounts.ts';
import { UploadModel } from './platform/uploads/uploadModel.ts';

/** What must be there before the first request: rooms and indexes of every feature, the settings in memory. */
export async function prepareFeatures(): Promise<void> {
  declareRooms(features);
  for (const model of [UploadModel, SharedCountModel]) await model.createIndexes();
  for (const model of features.flatMap((feature) => feature.models ?? [])) await model.createIndexes();
  await createSessionIndexes();
  await loadSettings();
  for (const feature of features) await feature.prepare?.();
}
