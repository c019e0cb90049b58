import { z } from 'zod';
import { plainEmail } from '../kernel/typedLine.ts';
import { sendMail } from '../notification/index.ts';
import type { VerificationChannel } from './verificationChannel.ts';

const email = z.email().max(254);

/** Codes by e-mail 电子邮件验证码. */
export const emailChannel: VerificationChannel = {
  name: 'email',
  readAddress: (typed) => {
    const read = email.safeParse(plainEmail(typed));
    return read.success ? read.data : undefined;
  },
  sendCode: async (address, { code, minutes, language, attemptId, until }) => {
    const onceKey = `identity.code.${attemptId}`;
    const mail = { template: 'identity/code', language, data: { code, minutes }, onceKey, until };
    await sendMail({ to: address, ...mail, urgent: true });
  },
  mask: (address) => {
    const at = address.lastIndexOf('@');
    return `${address.slice(0, Math.min(2, at - 1)) || address.slice(0, 1)}•••${address.slice(at)}`;
  },
};
