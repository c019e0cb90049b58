import mongoose, { Schema } from 'mongoose';

/** One person's rating 评分 of an interview, 1 to 5; the comment is for the organiser alone. */
export interface Rating {
  _id: string;
  interviewId: string;
  /** Citizen or device. */
  personId: string;
  stars: number;
  comment: string;
  at: Date;
}

const ratingSchema = new Schema<Rating>(
  {
    _id: String,
    interviewId: { type: String, required: true },
    personId: { type: String, required: true },
    stars: { type: Number, required: true },
    comment: { type: String, default: '' },
    at: Date,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
ratingSchema.index({ interviewId: 1, personId: 1 }, { unique: true });

export const RatingModel = mongoose.model('InterviewRating', ratingSchema, 'interviewRatings');

/** How many rated, and their mean; the mean is null while nobody did. */
export interface Rated {
  count: number;
  mean: number | null;
}

/** Gives the rating of an interview with its n. */
export async function ratingOf(interviewId: string): Promise<Rated> {
  const [sum] = await RatingModel.aggregate<{ count: number; stars: number }>([
    { $match: { interviewId } },
    { $group: { _id: null, count: { $sum: 1 }, stars: { $sum: '$stars' } } },
  ]);
  return { count: sum?.count ?? 0, mean: sum ? sum.stars / sum.count : null };
}

/** The comments 评语 of those who rated, newest first. */
export function ratingComments(interviewId: string): Promise<Rating[]> {
  return RatingModel.find({ interviewId, comment: { $ne: '' } })
    .sort({ at: -1 })
    .limit(200)
    .lean<Rating[]>();
}

/** What this person gave, or null. */
export function ratingBy(personId: string, interviewId: string): Promise<Rating | null> {
  return RatingModel.findOne({ interviewId, personId }).lean<Rating>();
}
