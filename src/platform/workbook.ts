import { zipOf } from './zip.ts';

interface Sheet {
  name: string;
  /** Width of each column, in characters. */
  widths: readonly number[];
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const parcel = 'http://schemas.openxmlformats.org/package/2006';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contents = `${head}<Types xmlns="${parcel}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`;
const roots = `${head}<Relationships xmlns="${parcel}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const links = `${head}<Relationships xmlns="${parcel}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`;
/** Two forms of a cell: plain, and bold for the heading. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/**
 * Writes rows of texts as a workbook (XLSX) while they come, so that a hundred thousand need no more memory than some.
 * The first row is the heading: bold, and it stays in sight.
 */
export function workbookOf(rows: AsyncIterable<readonly (readonly string[])[]>, { name, widths }: Sheet) {
  const title = escaped(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31));
  const book = `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${title}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return zipOf([
    { name: '[Content_Types].xml', content: [contents] },
    { name: '_rels/.rels', content: [roots] },
    { name: 'xl/workbook.xml', content: [book] },
    { name: 'xl/_rels/workbook.xml.rels', content: [links] },
    { name: 'xl/styles.xml', content: [styles] },
    { name: 'xl/worksheets/sheet1.xml', content: sheetOf(rows, widths) },
  ]);
}

async function* sheetOf(rows: AsyncIterable<readonly (readonly string[])[]>, widths: readonly number[]) {
  const columns = widths.map(
    (width, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`,
  );
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  yield `${head}<worksheet xmlns="${main}">${frozen}<cols>${columns.join('')}</cols><sheetData>`;
  let number = 0;
  let xml = '';
  for await (const some of rows) {
    for (const row of some) {
      number += 1;
      xml += rowOf(row, number);
      if (xml.length < pieceLength) continue;
      yield xml;
      xml = '';
    }
  }
  yield `${xml}</sheetData></worksheet>`;
}

/** Characters that are packed at once: larger pieces of text are cleared away late, and memory fills with them. */
const pieceLength = 16_384;

const rowOf = (row: readonly string[], number: number): string =>
  `<row r="${number}">${row.map((text, place) => cellOf(text, columnName(place) + number, number === 1)).join('')}</row>`;

function cellOf(text: string, place: string, bold: boolean): string {
  if (text === '') return '';
  const style = bold ? ' s="1"' : '';
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** A, B … Z, AA … */
function columnName(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : columnName(Math.floor(place / 26) - 1) + letter;
}

/** Longest text of a cell. */
const longest = 32_767;

const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const signs: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Text as XML; `_x0041_` would be read as a sign by table programs, so its first line is written out. */
const escaped = (text: string): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replace(unwritable, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[<>&"]/g, (sign) => signs[sign] ?? '');
