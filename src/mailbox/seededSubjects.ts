/** The subject classes that a new city begins with, each with its English name. */
export const seededSubjects = {
  城乡建设: 'Urban and rural development',
  交通运输: 'Transport',
  环境保护: 'Environment',
  教育: 'Education',
  医疗卫生: 'Health care',
  劳动和社会保障: 'Work and social security',
  住房与物业: 'Housing and property management',
  公安与治安: 'Police and public order',
  市场监管: 'Markets and consumers',
  供水供电供气供热: 'Water, power, gas and heating',
  民政与养老: 'Social welfare and the elderly',
  农业农村: 'Farming and villages',
  文化体育旅游: 'Culture, sport and tourism',
  税务与财政: 'Taxes and public finance',
  政务服务: 'Government services',
  其他: 'Other',
};
