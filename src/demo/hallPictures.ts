import { randomUUID } from 'node:crypto';
import { mkdir, writeFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { incomingFolder } from '../platform/uploads/folders.ts';
import { storeFiles } from '../platform/uploads/store.ts';

/** What the pictures of the hall show: a chart each, drawn here. */
export const hallPictures: readonly { text: string; title: string; bars: readonly (readonly [string, number])[] }[] = [
  {
    text: '图表：今年 15 件民生实事完成 11 件',
    title: '15 件民生实事',
    bars: [
      ['完成', 11],
      ['在建', 3],
      ['未开工', 1],
    ],
  },
  {
    text: '图表：老旧小区改造 62 个，完工 49 个',
    title: '老旧小区改造（个）',
    bars: [
      ['计划', 62],
      ['完工', 49],
    ],
  },
  {
    text: '图表：加装电梯 180 部，投用 134 部',
    title: '加装电梯（部）',
    bars: [
      ['计划', 180],
      ['投用', 134],
    ],
  },
  {
    text: '图表：三年来水压水质投诉逐年减少',
    title: '用水投诉（件）',
    bars: [
      ['前年', 812],
      ['去年', 604],
      ['今年', 361],
    ],
  },
  {
    text: '图表：新增学位 4,300 个，分布在三所新学校',
    title: '新增学位（个）',
    bars: [
      ['北山', 1620],
      ['渡口', 1480],
      ['石桥', 1200],
    ],
  },
];

/** Draws a chart as a picture file and stores it for this owner; null where no picture library is at hand. */
export async function storeHallPicture(index: number, ownerId: string): Promise<string | null> {
  const picture = hallPictures[index];
  const sharp = await import('sharp').then((loaded) => loaded.default).catch(() => null);
  if (!picture || !sharp) return null;
  const most = Math.max(...picture.bars.map(([, value]) => value));
  const rows = picture.bars.map(([name, value], row) => {
    const y = 170 + row * 110;
    const width = Math.round((720 * value) / most);
    return `<text x="60" y="${y + 44}" font-size="34">${name}</text><rect x="220" y="${y}" width="${width}" height="64" fill="#0b4a78"/><text x="${240 + width}" y="${y + 44}" font-size="34">${value.toLocaleString('en')}</text>`;
  });
  const height = 220 + picture.bars.length * 110;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1120" height="${height}" font-family="sans-serif"><rect width="100%" height="100%" fill="#f7f5ef"/><text x="60" y="100" font-size="46" font-weight="bold">${picture.title}</text>${rows.join('')}</svg>`;
  const path = join(incomingFolder(), randomUUID());
  await mkdir(incomingFolder(), { recursive: true });
  await writeFile(path, await sharp(Buffer.from(svg)).png().toBuffer());
  const file = { path, name: '图表.png', size: (await stat(path)).size };
  const [stored] = await storeFiles([file], { field: 'picture', ownerId, kinds: ['picture'] });
  return stored?._id ?? null;
}
