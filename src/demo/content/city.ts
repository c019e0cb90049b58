import type { StaffRole } from '../../kernel/actor.ts';

type DepartmentLine = readonly [key: string, name: string, shortName: string, nameEnglish: string];

/** The city itself and the office that keeps its mailbox. */
export const root = [
  'city',
  '青澜市人民政府',
  '市政府',
  'People’s Government of Qinglan',
] as const satisfies DepartmentLine;

/** City departments 市直部门. */
export const cityDepartments: readonly DepartmentLine[] = [
  ['secretariat', '市政府办公室（电子政务办）', '市府办', 'Secretariat'],
  ['development', '市发展和改革委员会', '市发改委', 'Development and Reform Commission'],
  ['education', '市教育局', '市教育局', 'Education Bureau'],
  ['science', '市科学技术局', '市科技局', 'Science and Technology Bureau'],
  ['industry', '市工业和信息化局', '市工信局', 'Industry and Information Bureau'],
  ['police', '市公安局', '市公安局', 'Public Security Bureau'],
  ['civil-affairs', '市民政局', '市民政局', 'Civil Affairs Bureau'],
  ['justice', '市司法局', '市司法局', 'Justice Bureau'],
  ['finance', '市财政局', '市财政局', 'Finance Bureau'],
  ['social-security', '市人力资源和社会保障局', '市人社局', 'Human Resources and Social Security Bureau'],
  ['land', '市自然资源和规划局', '市资规局', 'Natural Resources and Planning Bureau'],
  ['ecology', '市生态环境局', '市环境局', 'Ecology and Environment Bureau'],
  ['housing', '市住房和城乡建设局', '市住建局', 'Housing and Construction Bureau'],
  ['transport', '市交通运输局', '市交通局', 'Transport Bureau'],
  ['water', '市水务管理局', '市水务局', 'Water Bureau'],
  ['agriculture', '市农业农村局', '市农业局', 'Agriculture Bureau'],
  ['ocean', '市海洋发展局', '市海洋局', 'Ocean Bureau'],
  ['commerce', '市商务局', '市商务局', 'Commerce Bureau'],
  ['culture', '市文化和旅游局', '市文旅局', 'Culture and Tourism Bureau'],
  ['health', '市卫生健康委员会', '市卫健委', 'Health Commission'],
  ['veterans', '市退役军人事务局', '市退役军人局', 'Veterans Affairs Bureau'],
  ['emergency', '市应急管理局', '市应急局', 'Emergency Management Bureau'],
  ['audit-office', '市审计局', '市审计局', 'Audit Office'],
  ['market', '市市场监督管理局', '市市场监管局', 'Market Regulation Bureau'],
  ['sports', '市体育局', '市体育局', 'Sports Bureau'],
  ['medical-insurance', '市医疗保障局', '市医保局', 'Healthcare Security Bureau'],
  ['urban-management', '市城市管理局', '市城管局', 'Urban Management Bureau'],
  ['parks', '市园林和林业局', '市园林局', 'Parks and Forestry Bureau'],
  ['big-data', '市大数据发展管理局', '市大数据局', 'Big Data Bureau'],
  ['housing-fund', '市住房公积金管理中心', '公积金中心', 'Housing Fund Centre'],
];

/** Districts 区市, each with a few streets below it. */
export const districts: readonly DepartmentLine[] = [
  ['shibei', '市北区人民政府', '市北区', 'Shibei District'],
  ['cangkou', '沧口区人民政府', '沧口区', 'Cangkou District'],
  ['laoxi', '崂溪区人民政府', '崂溪区', 'Laoxi District'],
  ['wanxi', '湾西区人民政府', '湾西区', 'Wanxi District'],
  ['dongwan', '东湾区人民政府', '东湾区', 'Dongwan District'],
  ['pinghe', '平河市人民政府', '平河市', 'Pinghe City'],
];

/** Streets 街道 of two districts, so that the tree has all its levels. */
export const streets: readonly (readonly [districtKey: string, ...DepartmentLine])[] = [
  ['shibei', 'zaoyuan', '枣园街道办事处', '枣园街道', 'Zaoyuan Street'],
  ['shibei', 'denghui', '灯会街道办事处', '灯会街道', 'Denghui Street'],
  ['laoxi', 'haipo', '海泊街道办事处', '海泊街道', 'Haipo Street'],
];

/** Everybody's password in the demo city; such accounts never exist in production. */
export const demoPassword = 'qinglan-2026';

/** Accounts of every role: user name, name, department, role there (none for those who only work in interviews). */
export const accounts: readonly (readonly [
  userName: string,
  name: string,
  department: string,
  role: StaffRole | null,
])[] = [
  ['admin', '罗启明', 'city', 'administrator'],
  ['clerk', '许静宜', 'city', 'clerk'],
  ['supervisor', '唐督成', 'city', 'supervisor'],
  ['water-head', '沈清源', 'water', 'head'],
  ['water-handler', '梁小满', 'water', 'handler'],
  ['transport-head', '林海生', 'transport', 'head'],
  ['transport-handler', '周文婧', 'transport', 'handler'],
  ['housing-head', '赵立诚', 'housing', 'head'],
  ['housing-handler', '卢一帆', 'housing', 'handler'],
  ['shibei-head', '尹正阳', 'shibei', 'head'],
  ['shibei-handler', '孟晓岚', 'shibei', 'handler'],
  ['host', '叶知秋', 'secretariat', null],
  ['guest', '魏暖', 'urban-management', null],
  ['screener', '白露', 'secretariat', null],
  ['screener-2', '程雪', 'secretariat', null],
  ['reviewer', '严谨之', 'secretariat', null],
  ['recorder', '何笔', 'secretariat', null],
  ['director', '丁宁', 'secretariat', null],
];
