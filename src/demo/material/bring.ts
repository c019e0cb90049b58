import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, HeadingLevel, Packer, Paragraph } from 'docx';
import { addFiles, addMaterialPicture } from '../../interview/index.ts';
import type { SystemActor } from '../../kernel/actor.ts';
import { incomingFolder } from '../../platform/uploads/folders.ts';
import { storeFiles } from '../../platform/uploads/store.ts';
import { sceneSvg, type SceneName } from './scenes.ts';

type Scene = readonly [scene: SceneName, alt: string];
/** What an interview of the demo city shows beside its words. */
export interface DemoMaterial {
  cover?: Scene;
  pictures?: readonly Scene[];
  /** A Word file: its name, and its paragraphs, the first of which is the title. */
  file?: { name: string; paragraphs: readonly string[] };
}

/** Lays a file where those of a form arrive, and has it checked and kept like those. */
async function send(actor: SystemActor, name: string, content: Buffer): Promise<string> {
  const path = join(incomingFolder(), randomUUID());
  await mkdir(incomingFolder(), { recursive: true });
  await writeFile(path, content);
  const options = { field: 'files', ownerId: actor.id, kinds: ['picture', 'document'] as const };
  const [stored] = await storeFiles([{ path, name, size: content.length }], options);
  return stored?._id ?? '';
}

function word([title = '', ...paragraphs]: readonly string[]): Promise<Buffer> {
  const children = [
    new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
    ...paragraphs.map((text) => new Paragraph({ text, spacing: { after: 160 } })),
  ];
  return Packer.toBuffer(new Document({ title, sections: [{ children }] }));
}

/** The picture library is missing on some machines: the city then has no pictures. */
const loadSharp = () => import('sharp').then((loaded) => loaded.default).catch(() => null);

/** Gives an interview its cover, pictures and file through the doors of an organiser. */
export async function bringMaterial(actor: SystemActor, interviewId: string, material: DemoMaterial): Promise<void> {
  const sharp = await loadSharp();
  const scenes = [
    ...(material.cover ? [['cover', material.cover] as const] : []),
    ...(material.pictures ?? []).map((scene) => ['picture', scene] as const),
  ];
  for (const [as, [scene, alt]] of sharp ? scenes : []) {
    if (!sharp) continue;
    const drawn = await sharp(Buffer.from(sceneSvg(scene)))
      .png({ compressionLevel: 3 })
      .toBuffer();
    const uploadId = await send(actor, `${scene}.png`, drawn);
    await addMaterialPicture(actor, { interviewId, uploadId, alt, as });
  }
  if (!material.file) return;
  const uploadId = await send(actor, material.file.name, await word(material.file.paragraphs));
  await addFiles(actor, { interviewId, uploadIds: [uploadId] });
}
