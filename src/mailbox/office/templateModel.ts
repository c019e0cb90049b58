import mongoose, { Schema } from 'mongoose';

/** An answer template 答复模板: words that departments begin a reply with. */
export interface AnswerTemplate {
  _id: string;
  title: string;
  text: string;
  /** Subject class it is for; empty: all. */
  subject: string;
  changedAt: Date;
  changedBy: string;
}
const templateSchema = new Schema<AnswerTemplate>(
  { _id: String, title: String, text: String, subject: String, changedAt: Date, changedBy: String },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
export const TemplateModel = mongoose.model('AnswerTemplate', templateSchema, 'answerTemplates');

/** All templates by title; with a subject only those that fit it. */
export async function listTemplates(subject?: string): Promise<AnswerTemplate[]> {
  const all = await TemplateModel.find({}).limit(500).lean<AnswerTemplate[]>();
  const fitting = subject === undefined ? all : all.filter((one) => one.subject === '' || one.subject === subject);
  return fitting.sort((one, other) => one.title.localeCompare(other.title, 'zh-CN'));
}

export const templateById = async (id: string): Promise<AnswerTemplate | undefined> =>
  (await TemplateModel.findById(id).lean<AnswerTemplate>()) ?? undefined;
