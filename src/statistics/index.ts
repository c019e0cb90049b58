import type { Feature } from '../feature.ts';
import { office, pages } from './routes.ts';

export { cityFigures } from './cityFigures.ts';

/** The figures 统计: whether the city answers, recomputable by anybody from the open data. */
export const statistics: Feature = {
  name: 'statistics',
  pages,
  office,
  navigation: [{ area: 'public', key: 'statistics.title', href: '/statistics', order: 60 }],
};
