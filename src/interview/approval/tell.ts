import { z } from 'zod';
import { config } from '../../config.ts';
import { departmentsHolding } from '../../identity/index.ts';
import { sendMail } from '../../notification/index.ts';
import { departmentAddress } from '../../organization/index.ts';
import { defineJob } from '../../platform/queue/job.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';

/** Departments that hear of it: the clerks of its branch of what is submitted, the organiser of what was decided. */
async function readers(interview: Interview): Promise<readonly string[]> {
  if (interview.approval?.state !== 'submitted') return [interview.departmentId];
  return (await departmentsHolding('clerk')).filter((id) => interview.departmentPath.includes(id));
}

/** Mails where a draft stands. Officials have no address of their own: their departments do, and their start pages. */
export const tellApprovalJob = defineJob({
  name: 'interview.tell-approval',
  input: z.object({ interviewId: z.string(), at: z.number() }),
  async run({ interviewId, at }) {
    const interview = await InterviewModel.findById(interviewId, { trail: 0 }).lean<Interview>();
    if (interview?.approval?.at.getTime() !== at) return; // decided or changed since: that step tells
    const { state, remarks, by } = interview.approval;
    const addresses = await Promise.all((await readers(interview)).map((id) => departmentAddress(id)));
    for (const to of new Set(addresses.filter((address) => address !== undefined))) {
      await sendMail({
        to,
        template: `interview/${state}`,
        language: 'zh-CN',
        data: {
          topic: interview.topic,
          when: writeDate(interview.startsAt, 'exact', 'zh-CN'),
          department: interview.departmentName['zh-CN'],
          who: by.name,
          remarks,
          url: `${config.baseUrl}/office/interviews/${interviewId}`,
        },
        onceKey: `interview-approval ${interviewId} ${at} ${to}`,
      });
    }
  },
});
