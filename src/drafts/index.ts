import type { Feature } from '../feature.ts';
import { UnsentModel } from './unsentModel.ts';

/** Long texts of officials while they are typed 草稿: kept on the server, shown to their writer alone. */
export const drafts: Feature = { name: 'drafts', models: [UnsentModel] };

export { dropUnsent, keepUnsent, othersWriting, unsentOf, type Texts, type Unsent } from './unsent.ts';
