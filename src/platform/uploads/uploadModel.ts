import mongoose, { Schema } from 'mongoose';

/** A file 附件 that somebody sent, checked and stored under the hash of its content. */
export interface Upload {
  _id: string;
  /** SHA-256 of what is stored; also its place in the folder. */
  hash: string;
  kind: 'picture' | 'document';
  type: string;
  /** As the sender called it, cleaned. */
  name: string;
  /** Bytes. */
  size: number;
  /** Pixels, pictures only. */
  width?: number;
  height?: number;
  /** Actor who sent it. */
  ownerId: string;
  /** What it belongs to, `letter:7h2…`; without one it is removed after a day, or after `heldUntil`. */
  attachedTo?: string;
  /** Something unfinished still needs it. */
  heldUntil?: Date;
  /** What the virus scanner said; absent where there was none when the file came. Only `clean` ones are given out. */
  scan?: 'waiting' | 'clean' | 'infected';
  createdAt: Date;
}

const schema = new Schema<Upload>(
  {
    _id: String,
    hash: String,
    kind: String,
    type: String,
    name: String,
    size: Number,
    width: Number,
    height: Number,
    ownerId: String,
    attachedTo: String,
    heldUntil: Date,
    scan: String,
    createdAt: Date,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ hash: 1 });
schema.index({ scan: 1 });
schema.index({ attachedTo: 1, createdAt: 1 });
schema.index({ ownerId: 1, attachedTo: 1 });
// What has no place yet is changed by exactly these three
schema.index({ _id: 1, ownerId: 1, attachedTo: 1 });

export const UploadModel = mongoose.model('Upload', schema, 'uploads');
