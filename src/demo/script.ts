import type { RejectReason } from '../interview/index.ts';
import type { DemoMaterial } from './material/bring.ts';

/** What happens in one interview of the demo city. */
export interface InterviewScript {
  /** Key of the department in city.ts. */
  department: string;
  /** Days before today; negative for days to come. */
  daysAgo: number;
  /** Hour of the city's clock at which it begins. */
  hour: number;
  minutes: number;
  topic: string;
  summary: string;
  background: string;
  material?: DemoMaterial;
  guests: readonly { name: string; title: string }[];
  /** Who says what: 0 is the host, 1 the first guest … */
  turns: readonly (readonly [speaker: number, text: string])[];
  /** Question, how many support it, and the answer with the guest who gives it. */
  questions: readonly (readonly [text: string, supports: number, answer?: readonly [guest: number, text: string]])[];
  rejected: readonly (readonly [text: string, reason: RejectReason])[];
}
