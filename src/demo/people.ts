import type { Citizen, Guest } from '../kernel/actor.ts';

const nicknames =
  '海边的老杨 枣园居民 骑车上班的小李 两个孩子的妈 退休教师 夜班护士 沧口老街坊 追光的人 早起晨跑 潮汐 灯塔 小满 一碗海鲜面 楼上楼下 新青澜人 阿布 芒果布丁 清风徐来 东湾渔家 顶楼住户'.split(
    ' ',
  );

/** The n-th citizen of the demo audience: two of three gave a nickname, one of four is verified. */
export function demoCitizen(number: number): Guest | Citizen {
  const nickname = nicknames[number % nicknames.length] ?? '市民';
  const caller = { id: `demo${String(number).padStart(8, '0')}`, language: 'zh-CN', requestId: 'demo' } as const;
  if (number % 4 === 0) return { kind: 'citizen', nickname, ...caller };
  return { kind: 'guest', nickname: number % 3 === 0 ? null : nickname, ...caller };
}
