// Run by bench/mailbox.ts: writes letters over HTTP as so many people at once, for so many seconds. Plain requests on
// connections that stay open, so that the clients cost as little as they can of the machine they share.
import { Agent, request } from 'node:http';
import { Visitor } from '../../test/support/visitor.ts';

const [base = '', clients = '16', seconds = '10'] = process.argv.slice(2);
const warmUp = 3_000;
const took: number[] = [];
let refused = 0;
let [from, until] = [Infinity, Infinity];
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const bodies = [
  '海棠湾小区三号楼自十月起每天早晚水压不足，五层以上洗澡困难，请问何时能修好？',
  '滨河路与解放街交叉口的路灯已经坏了两周，晚上学生放学很不安全，希望尽快维修。',
  '小区北侧工地夜里十一点以后还在施工，噪音很大，老人和孩子睡不着，请城管部门处理。',
  '孩子今年要上小学，父母都是外来务工人员，请问报名需要准备哪些材料，什么时候开始？',
];

function post(path: string, cookie: string, form: Record<string, string>): Promise<number> {
  const body = new URLSearchParams(form).toString();
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, base), { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });
}

async function write(number: number): Promise<void> {
  const person = new Visitor(base);
  await person.open('/letters/new');
  const { cookie, token } = person;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const begun = performance.now();
    const status = await post('/letters/new/send', cookie, {
      _csrf: token,
      kind: 'complaint',
      title: `第${number * 100_000 + turn}件：小区二次供水水压不足`,
      body: bodies[turn % bodies.length] ?? '',
      name: '王海',
      phone: '13812345678',
      email: 'wanghai@example.com',
      mayPublish: '1',
      formKey: crypto.randomUUID(),
    });
    if (status !== 303) refused += 1;
    else if (begun >= from) took.push(performance.now() - begun);
  }
}

// The first seconds make both programs warm and are not counted
from = performance.now() + warmUp;
until = from + Number(seconds) * 1000;
const timer = setTimeout(() => process.send?.({ begin: true }), warmUp);
await Promise.all(Array.from({ length: Number(clients) }, (_, number) => write(number)));
clearTimeout(timer);
took.sort((one, other) => one - other);
const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? 0);
const cpu = process.cpuUsage();
process.send?.({
  letters: took.length,
  rate: Math.round(took.length / Number(seconds)),
  p50: at(0.5),
  p95: at(0.95),
  max: at(0.9999),
  refused,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
});
agent.destroy();
