import mongoose, { Schema } from 'mongoose';
import type { Doer } from './trailRecord.ts';

/** A hot topic 热点: what several letters are about. */
export interface Topic {
  _id: string;
  title: string;
  createdAt: Date;
  by: Doer;
}
const topicSchema = new Schema<Topic>(
  { _id: String, title: String, createdAt: Date, by: Schema.Types.Mixed },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
topicSchema.index({ createdAt: 1 });
export const TopicModel = mongoose.model('LetterTopic', topicSchema, 'letterTopics');
