import type sharpModule from 'sharp';

/** A picture drawn anew: nothing of the original file is in it, so no place, no camera, no hidden content. */
export interface CleanPicture {
  data: Uint8Array;
  type: 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
}
export type PictureFault = 'picture-tool-missing' | 'picture-too-many-pixels' | 'picture-broken';

interface Drawn {
  path: string;
  /** Name of the picture library: it carries compiled code and may be missing on a machine. */
  library: string;
}

type Sharp = typeof sharpModule;
async function librarySharp(library: string): Promise<Sharp | null> {
  try {
    return ((await import(library)) as { default: Sharp }).default;
  } catch {
    return null;
  }
}

/** Takes a file that is a picture by its first bytes; gives it drawn anew, turned upright, or says why not. */
export async function drawAnew(input: Drawn & { type: string; pixelsMost: number; sideMost: number }) {
  const { path, type, pixelsMost, sideMost } = input;
  const sharp = await librarySharp(input.library);
  if (!sharp) return 'picture-tool-missing' satisfies PictureFault;
  try {
    // the header alone says how large it would become; nothing is unpacked yet
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    if (width * height > pixelsMost) return 'picture-too-many-pixels' satisfies PictureFault;
    const upright = sharp(path, {
      limitInputPixels: pixelsMost,
      failOn: 'error',
      animated: false,
      sequentialRead: true,
    })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize(sideMost, sideMost, { fit: 'inside', withoutEnlargement: true });
    const photo = type === 'image/jpeg';
    const drawn = photo ? upright.jpeg({ quality: 82, progressive: true }) : upright.webp({ quality: 85 });
    const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
    const clean: CleanPicture = {
      data,
      type: photo ? 'image/jpeg' : 'image/webp',
      width: info.width,
      height: info.height,
    };
    return clean;
  } catch {
    return 'picture-broken' satisfies PictureFault;
  }
}

const inside = { fit: 'inside', withoutEnlargement: true } as const;

/** Pixels of the longer side of a small copy. */
const smallSide = 560;

/** Draws a stored picture small, as WebP; null when the picture library is missing. */
export async function drawSmall({ path, library }: Drawn): Promise<Uint8Array | null> {
  const sharp = await librarySharp(library);
  return sharp && sharp(path).resize(smallSide, smallSide, inside).webp({ quality: 80 }).toBuffer();
}

/** Pixels of the longer side of a printed copy. */
const printSide = 1200;

/** Draws a stored picture as JPEG on white, for files that are printed; null when the picture library is missing. */
export async function drawForPrint({ path, library }: Drawn) {
  const sharp = await librarySharp(library);
  if (!sharp) return null;
  const drawn = sharp(path).resize(printSide, printSide, inside).flatten({ background: '#ffffff' });
  const { data, info } = await drawn.jpeg({ quality: 80 }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
