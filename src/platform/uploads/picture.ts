import type sharpModule from 'sharp';
import { integerSetting } from '../settings.ts';

const megapixels = integerSetting('uploads.picture-megapixels', { default: 50, min: 1, max: 200, unit: 'megapixels' });
const sideMax = integerSetting('uploads.picture-side-max', { default: 2560, min: 640, max: 8000, unit: 'pixels' });

/** A picture drawn anew: nothing of the original file is in it, so no place, no camera, no hidden content. */
export interface CleanPicture {
  data: Buffer;
  type: 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
}
export type PictureFault = 'picture-tool-missing' | 'picture-too-many-pixels' | 'picture-broken';

type Sharp = typeof sharpModule;
/** The picture library carries compiled code and may be missing on a machine; pictures are then refused. */
const loadSharp = (): Promise<Sharp | null> => import('sharp').then((loaded) => loaded.default).catch(() => null);
let sharpLoaded = loadSharp;

/** For tests: pretends that the picture library is missing; without an argument it is back. */
export function usePictureLibrary(load: () => Promise<Sharp | null> = loadSharp): void {
  sharpLoaded = load;
}

/** Two pictures at a time: the rest of the city goes on meanwhile. */
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Takes a file that is a picture by its first bytes; gives it drawn anew, turned upright, or says why not. */
export async function cleanPicture(path: string, type: string): Promise<CleanPicture | PictureFault> {
  const sharp = await sharpLoaded();
  if (!sharp) return 'picture-tool-missing';
  return inTurn(() => drawAnew(sharp, path, type));
}

async function drawAnew(sharp: Sharp, path: string, type: string): Promise<CleanPicture | PictureFault> {
  const limitInputPixels = megapixels.value() * 1_000_000;
  try {
    // the header alone says how large it would become; nothing is unpacked yet
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    if (width * height > limitInputPixels) return 'picture-too-many-pixels';
    const side = sideMax.value();
    const upright = sharp(path, { limitInputPixels, failOn: 'error', animated: false, sequentialRead: true })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true });
    const photo = type === 'image/jpeg';
    const drawn = photo ? upright.jpeg({ quality: 82, progressive: true }) : upright.webp({ quality: 85 });
    const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
    return { data, type: photo ? 'image/jpeg' : 'image/webp', width: info.width, height: info.height };
  } catch {
    return 'picture-broken';
  }
}

/** Pixels of the longer side of a small copy. */
const smallSide = 560;

/** Draws a stored picture small, as WebP; null when the picture library is missing. */
export async function drawSmall(path: string): Promise<Buffer | null> {
  const sharp = await sharpLoaded();
  if (!sharp) return null;
  const size = { fit: 'inside', withoutEnlargement: true } as const;
  return inTurn(() => sharp(path).resize(smallSide, smallSide, size).webp({ quality: 80 }).toBuffer());
}

/** Pixels of the longer side of a printed copy. */
const printSide = 1200;

/** Draws a stored picture as JPEG on white, for files that are printed; null when the picture library is missing. */
export async function drawForPrint(path: string): Promise<{ data: Buffer; width: number; height: number } | null> {
  const sharp = await sharpLoaded();
  if (!sharp) return null;
  const size = { fit: 'inside', withoutEnlargement: true } as const;
  return inTurn(async () => {
    const drawn = sharp(path)
      .resize(printSide, printSide, size)
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 });
    const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  });
}

/** What a sentence about a fault needs to name. */
export const pictureLimits = () => ({ megapixels: megapixels.value() });
