// Pure, for server and page alike: which of the host's sentences stand above the page now.

/** For so long “the guest comes in five minutes” is news; afterwards it stays to be read, folded away. */
const newsMs = 10 * 60_000;

/** A sentence of the host as the room sends it. */
interface NoticeRow {
  id: string;
  [field: string]: unknown;
}

/** What a host told the room is for that hour: it is not said any more afterwards. */
export const takesNotices = (state: string): boolean => state === 'announced' || state === 'live';

/** The newest sentence while it is news, and those before it, the latest first. */
export function splitNotices<Notice extends NoticeRow>(
  notices: readonly Notice[],
  now: number,
): { current: Notice | null; earlier: Notice[] } {
  const sorted = [...notices].sort(
    (a, b) => String(b['at']).localeCompare(String(a['at'])) || a.id.localeCompare(b.id),
  );
  const [newest, ...earlier] = sorted;
  if (newest && now - Date.parse(String(newest['at'])) < newsMs) return { current: newest, earlier };
  return { current: null, earlier: sorted };
}
