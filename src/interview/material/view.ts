import { materialOf, type Material, type Picture } from './material.ts';

interface Shown {
  _id: string;
  material?: Material | null;
}

/** Address of a picture or a file of an interview. */
const addressOf = (interviewId: string, fileId: string) => `/interviews/${interviewId}/material/${fileId}`;

function pictureView(interviewId: string, { id, alt, width, height }: Picture) {
  const full = addressOf(interviewId, id);
  return { id, alt, width, height, full, small: `${full}?size=small` };
}

/** The cover as lists and page heads show it, or null. */
export function coverView({ _id, material }: Shown) {
  const { cover } = materialOf({ material: material ?? null });
  return cover ? pictureView(_id, cover) : null;
}

/** Bytes as people read them. */
function sizeWords(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Pictures and files beside the background's words. */
export function materialView({ _id, material }: Shown) {
  const { pictures, files } = materialOf({ material: material ?? null });
  return {
    pictures: pictures.map((picture) => pictureView(_id, picture)),
    files: files.map(({ id, name, size }) => ({ id, name, href: addressOf(_id, id), size: sizeWords(size) })),
  };
}
