import { Visitor } from './visitor.ts';

interface Answer {
  status: number;
  text: string;
  headers: Headers;
}
const read = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
  headers: response.headers,
});

/** A citizen's browser that also sends files; every answer comes with its text. */
export function visitor(base: string) {
  const browser = new Visitor(base);
  return {
    browser,
    open: async (path: string): Promise<Answer> => {
      const { status, html, response } = await browser.open(path);
      return { status, text: html, headers: response.headers };
    },
    send: async (path: string, fields: Record<string, string>): Promise<Answer> =>
      read(await browser.send(path, fields)),
    sendFiles: async (
      path: string,
      fields: Record<string, string>,
      files: readonly { name: string; content: string | Buffer }[],
    ): Promise<Answer> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      for (const { name, content } of files) form.append('files', new Blob([content as BlobPart]), name);
      return read(await browser.sendForm(path, form));
    },
  };
}
