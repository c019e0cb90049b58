// Run by bench/mailbox.ts: writes letters over HTTP as so many people at once, for so many seconds.
import { Visitor } from '../../test/support/visitor.ts';

const [base = '', clients = '16', seconds = '10'] = process.argv.slice(2);
const until = performance.now() + Number(seconds) * 1000;
const took: number[] = [];
let refused = 0;

async function write(): Promise<void> {
  const person = new Visitor(base);
  await person.open('/letters/new');
  while (performance.now() < until) {
    const begun = performance.now();
    const response = await person.send('/letters/new/send', {
      kind: 'complaint',
      title: '小区二次供水水压不足',
      body: '海棠湾小区三号楼自十月起每天早晚水压不足，五层以上洗澡困难，请问何时能修好？',
      name: '王海',
      phone: '13812345678',
      email: 'wanghai@example.com',
      formKey: crypto.randomUUID(),
    });
    await response.text();
    if (response.status === 303) took.push(performance.now() - begun);
    else refused += 1;
  }
}

await Promise.all(Array.from({ length: Number(clients) }, write));
took.sort((one, other) => one - other);
const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? 0);
const rate = Math.round(took.length / Number(seconds));
process.send?.(`${rate}/s, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${refused} refused`);
