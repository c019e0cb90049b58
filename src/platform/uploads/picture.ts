import type { CleanPicture, PictureFault } from '../documents/picture.ts';
import { readApart } from '../documents/readApart.ts';
import { integerSetting } from '../settings.ts';

const megapixels = integerSetting('uploads.picture-megapixels', { default: 50, min: 1, max: 200, unit: 'megapixels' });
const sideMax = integerSetting('uploads.picture-side-max', { default: 2560, min: 640, max: 8000, unit: 'pixels' });

/** The library that draws pictures. */
export const pictureLibrary = { name: 'sharp' };

/** Takes a file that is a picture by its first bytes; gives it drawn anew, turned upright, or says why not. */
export function cleanPicture(path: string, type: string): Promise<CleanPicture | PictureFault> {
  const limits = { pixelsMost: megapixels.value() * 1_000_000, sideMost: sideMax.value() };
  return readApart('picture', { path, type, library: pictureLibrary.name, ...limits }).catch(() => 'picture-broken');
}

/** Draws a stored picture small, as WebP; null when the picture library is missing. */
export const drawSmall = (path: string) => readApart('small-picture', { path, library: pictureLibrary.name });

/** Draws a stored picture as JPEG on white, for files that are printed; null when the picture library is missing. */
export async function drawForPrint(path: string): Promise<{ data: Buffer; width: number; height: number } | null> {
  const drawn = await readApart('printed-picture', { path, library: pictureLibrary.name });
  return drawn && { ...drawn, data: Buffer.from(drawn.data) };
}

/** What a sentence about a fault needs to name. */
export const pictureLimits = () => ({ megapixels: megapixels.value() });
