import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';

const noise = (pixels: number) => Buffer.from(Array.from({ length: pixels * 3 }, (_, index) => (index * 7919) % 251));

/** A photograph as a telephone makes it: lying on its side, with camera and place in its EXIF. */
export async function photoWithPlace(): Promise<Buffer> {
  return sharp(noise(64 * 48), { raw: { width: 64, height: 48, channels: 3 } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'SecretCamera', Copyright: 'Zhang San' },
      IFD3: { GPSLatitude: '36/1 4/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

export const picture = (format: 'png' | 'webp' | 'gif') =>
  sharp(noise(32 * 32), { raw: { width: 32, height: 32, channels: 3 } })
    .toFormat(format)
    .toBuffer();

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** A PNG of a few kilobytes that would fill gigabytes when unpacked. */
export function pictureBomb(side = 30_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(5_000_000), { level: 9 });
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([sign, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

/** A zip archive of empty files that are only stored, which is all that looking into it needs. */
export function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt32LE(crc32(data), 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(data.length, 22);
    local.writeUInt16LE(path.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    local.copy(central, 6, 4, 30);
    central.writeUInt32LE(offset, 42);
    locals.push(local, path, data);
    centrals.push(central, path);
    offset += local.length + path.length + data.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const part = (type: string) =>
  `<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;
export const docx = zipOf({ '[Content_Types].xml': part('wordprocessingml.document'), 'word/document.xml': '<w/>' });
export const xlsx = zipOf({ '[Content_Types].xml': part('spreadsheetml.sheet'), 'xl/workbook.xml': '<w/>' });
export const ofd = zipOf({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Document.xml': '<d/>' });
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
export const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);

/** The first bytes of a picture of an iPhone, and of a file of an older office program. */
export const heic = Buffer.concat([
  Buffer.from('0000001c66747970686569630000000068656963', 'hex'),
  Buffer.from('6d69663100000000', 'hex'),
  Buffer.alloc(64),
]);
export const oldOffice = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
