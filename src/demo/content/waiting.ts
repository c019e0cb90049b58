import type { InterviewScript } from '../script.ts';

/** An interview that the transport bureau laid before the secretariat 待审批. All people and places are invented. */
export const waitingInterview: InterviewScript = {
  department: 'transport',
  daysAgo: -20,
  hour: 15,
  minutes: 90,
  topic: '学校门口的早晚高峰怎么疏通',
  summary: '市交通运输局谈定制校车、错时放学和护学岗，请家长和老师来提问。',
  background:
    '# 现在是什么情况\n全市 214 所中小学门口早晚高峰平均拥堵 38 分钟。\n\n# 这学期要做的\n- 新开 46 条定制校车线路\n- **错时放学**扩大到 120 所学校\n- 护学岗增加到 300 个',
  guests: [{ name: '林海生', title: '市交通运输局局长' }],
  turns: [],
  questions: [],
  rejected: [],
  material: {
    cover: ['school', '一所红屋顶的学校，门前有旗杆和一条马路'],
    file: {
      name: '定制校车线路计划（征求意见）.docx',
      paragraphs: [
        '定制校车线路计划',
        '本学期计划新开 46 条线路，覆盖 31 所学校。',
        '线路和站点在访谈中听取意见后确定。',
      ],
    },
  },
};
