import sharp from 'sharp';

/** A small PNG picture in one colour. */
export function pngPicture(colour = '#3366cc', width = 320, height = 200): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
}
