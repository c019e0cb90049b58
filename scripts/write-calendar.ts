// Writes src/calendar/notices.txt, the holiday notices the program starts with, from the chinese-days package:
//   node scripts/write-calendar.ts > src/calendar/notices.txt
// Looked at against the State Council's notices by hand; a test compares the two day by day.
import chineseDays from 'chinese-days';

const { getDayDetail } = chineseDays;
const years = { first: 2018, last: 2026 };
const next = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

for (let year = years.first; year <= years.last; year += 1) {
  console.log(`\n# ${year}`);
  let open: { from: string; to: string; kind: string; name: string } | undefined;
  const flush = (): void => {
    if (open) console.log([open.from, ...(open.to === open.from ? [] : [open.to]), open.kind, open.name].join(' '));
    open = undefined;
  };
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = next(day)) {
    const { name, work } = getDayDetail(day);
    const festival = name.split(',')[1];
    if (!festival) flush();
    else if (open && open.name === festival && open.kind === (work ? '班' : '休')) open.to = day;
    else {
      flush();
      open = { from: day, to: day, kind: work ? '班' : '休', name: festival };
    }
  }
  flush();
}
