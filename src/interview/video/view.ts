import { isAllowed } from './hosts.ts';

const film = /\.(mp4|webm|m4v)$/i;

/**
 * The video of an interview as pages show it: inside the page when its host is allowed now, and in any case as a link.
 * Null when there is none.
 */
export function videoView({ video }: { video?: string }) {
  if (!video || !URL.canParse(video)) return null;
  const address = new URL(video);
  const inside = isAllowed(address) ? (film.test(address.pathname) ? 'film' : 'frame') : 'none';
  return { href: address.href, host: address.host, film: inside === 'film', frame: inside === 'frame' };
}
