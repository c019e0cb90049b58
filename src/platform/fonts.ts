import { existsSync } from 'node:fs';

/** A font file with Chinese letters; `face` names one font of a collection. */
export interface PrintFont {
  path: string;
  face?: string;
}

/** Where the packages fonts-noto-cjk and google-noto-sans-cjk (and Arphic, WenQuanYi) put their files. */
const places: readonly PrintFont[] = [
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc', face: 'NotoSerifCJKsc-Regular' },
  { path: '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', face: 'WenQuanYiMicroHei' },
];
let looked: readonly PrintFont[] = places;

/** Replaces the places where fonts are looked for; without an argument the usual ones are back. For tests. */
export function lookForFontsIn(instead?: readonly PrintFont[]): void {
  looked = instead ?? places;
}

/** The first Chinese font that is installed here, or undefined. */
export function printFont(): PrintFont | undefined {
  return looked.find(({ path }) => existsSync(path));
}
