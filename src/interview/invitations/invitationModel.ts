import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { interviewRoles, type InterviewRole } from '../interview.ts';
import { doerShape, type Doer } from '../interviewModel.ts';

/** A link 协助链接 by which officials take a role in one interview for a time. The link itself is nowhere kept. */
export interface Invitation {
  _id: string;
  interviewId: string;
  role: InterviewRole;
  /** SHA-256 of the secret in the link. */
  tokenHash: string;
  /** For whom it was meant, in the organiser's words. */
  note: string;
  /** How many people may take the role by it. */
  places: number;
  by: Doer;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  taken: { personId: string; name: string; at: Date }[];
}

const options = { _id: false } as const;
const invitationSchema = new Schema<Invitation>(
  {
    _id: String,
    interviewId: { type: String, required: true },
    role: { type: String, enum: interviewRoles, required: true },
    tokenHash: { type: String, required: true },
    note: { type: String, default: '' },
    places: { type: Number, required: true },
    by: doerShape,
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    taken: [new Schema({ personId: String, name: String, at: Date }, options)],
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
invitationSchema.index({ tokenHash: 1 }, { unique: true });
invitationSchema.index({ interviewId: 1, createdAt: -1 });
export const InvitationModel = mongoose.model('InterviewInvitation', invitationSchema, 'interviewInvitations');

/** What is kept of the secret of a link. */
export const tokenHashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export type InvitationState = 'open' | 'full' | 'expired' | 'revoked';

/** Where a link stands at a moment. */
export function invitationState(invitation: Invitation, at: Date): InvitationState {
  if (invitation.revokedAt) return 'revoked';
  if (invitation.expiresAt <= at) return 'expired';
  return invitation.taken.length >= invitation.places ? 'full' : 'open';
}
