import { Schema } from 'mongoose';

/** A picture of the background 配图 with words for those who cannot see it. */
export interface Picture {
  id: string;
  alt: string;
  width: number;
  height: number;
}

/** A file of the background 附件; only ever downloaded. */
export interface MaterialFile {
  id: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
}

/** What an announcement shows beside its words 背景材料. */
export interface Material {
  cover: Picture | null;
  pictures: Picture[];
  files: MaterialFile[];
}

const options = { _id: false } as const;
const picture = new Schema<Picture>({ id: String, alt: String, width: Number, height: Number }, options);
const file = new Schema<MaterialFile>({ id: String, name: String, type: { type: String }, size: Number }, options);

export const materialShape = new Schema<Material>(
  { cover: { type: picture, default: null }, pictures: [picture], files: [file] },
  options,
);

/** The material of an interview; parts come into being with the first thing in them. */
export const materialOf = ({ material }: { material?: Partial<Material> | null }): Material => ({
  cover: material?.cover ?? null,
  pictures: material?.pictures ?? [],
  files: material?.files ?? [],
});
