/** Traditional characters 繁体字 of surnames and of the words the finders look for, each before its simplified one. */
const pairs =
  '張张劉刘陳陈楊杨黃黄趙赵吳吴孫孙馬马羅罗鄭郑謝谢許许韓韩馮冯鄧邓蕭肖蔣蒋餘余葉叶蘇苏呂吕盧卢鍾钟鐘钟譚谭陸陆賈贾鄒邹閆闫閻闫龍龙賀贺顧顾龔龚萬万錢钱嚴严湯汤溫温莊庄聶聂魯鲁歐欧關关蘭兰時时應应齊齐喬乔畢毕單单鮑鲍華华駱骆藍蓝連连麥麦婁娄竇窦宮宫衛卫閔闵鄔邬邊边師师欒栾叢丛農农簡简項项鄺邝陽阳東东諸诸遲迟鮮鲜於于軒轩轅辕' +
  '聯联繫系係系電电話话號号碼码車车證证銀银賬账帳账戶户業业訴诉現现歲岁樓楼棟栋層层鄰邻經经醫医護护隊队長长編编訂订運运熱热線线區区縣县鎮镇鄉乡園园廣广場场門门媽妈爺爷婦妇兒儿國国機机擊击報报請请為为給给與与對对說说來来還还會会們们漢汉資资費费員员執执駕驾駛驶學学親亲後后傳传實实達达樂乐樹树衞卫產产權权動动臺台灣湾貳贰參叁';

const known = new Map<string, string>();
const characters = [...pairs];
for (let place = 0; place + 1 < characters.length; place += 2) {
  const [from = '', to = ''] = [characters[place], characters[place + 1]];
  known.set(from, to);
}

/** The simplified character, or the one given where none of ours is meant. */
export const simplified = (character: string): string => known.get(character) ?? character;
