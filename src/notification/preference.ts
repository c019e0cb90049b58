import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';

/** How much somebody wants to be told 告知范围. */
export const extents = [
  'all', // 每一步进展
  'needed', // 只有答复和需要本人做的事
  'none', // 不用告知
] as const;
export type Extent = (typeof extents)[number];

/** By which ways 告知方式. */
export const ways = [
  'mail', // 邮件
  'sms', // 短信
  'both', // 邮件和短信
] as const;
export type Way = (typeof ways)[number];

/** Contact preference 联系偏好: of a verified citizen for everything, or of one letter's writer for that letter. */
export interface Preference {
  extent: Extent;
  way: Way;
}
export const defaultPreference: Preference = { extent: 'all', way: 'mail' };

/** The two fields of a form that asks for it; what is missing counts as the default. */
export const preferenceFields = {
  extent: z.enum(extents).default(defaultPreference.extent),
  way: z.enum(ways).default(defaultPreference.way),
};

interface PreferenceRow extends Preference {
  /** The citizen. */
  _id: string;
}
const schema = new Schema<PreferenceRow>(
  { _id: String, extent: String, way: String },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
export const PreferenceModel = mongoose.model('ContactPreference', schema, 'contactPreferences');

/** What a citizen chose on their account page; the default for everybody else. */
export async function preferenceOf(personId: string): Promise<Preference> {
  const row = await PreferenceModel.findById(personId).lean<PreferenceRow>();
  return row ? { extent: row.extent, way: row.way } : defaultPreference;
}

/** A citizen is gone: nothing of them stays. */
export async function forgetPreference(personId: string): Promise<void> {
  await PreferenceModel.deleteOne({ _id: personId });
}

/** Whether somebody wants to hear of this at all; `needed`: an answer, or something they are asked to do. */
export const wants = ({ extent }: Preference, needed: boolean): boolean =>
  extent === 'all' || (extent === 'needed' && needed);

export const wantsMail = ({ way }: Preference): boolean => way !== 'sms';
export const wantsText = ({ way }: Preference): boolean => way !== 'mail';
