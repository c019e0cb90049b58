import { integerSetting } from '../../platform/settings.ts';

/** How many pictures, beside the cover, and files one interview shows. */
export const picturesMax = integerSetting('interview.pictures-max', { default: 12, min: 0, max: 60 });
export const filesMax = integerSetting('interview.files-max', { default: 10, min: 0, max: 60 });
