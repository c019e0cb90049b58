/** One person's browser without the browser: keeps cookies and sends forms with the token of the last page. */
export class Visitor {
  /** What the browser keeps, by name. */
  readonly cookies = new Map<string, string>();
  readonly #base: string;
  #token = '';

  constructor(base: string) {
    this.#base = base;
  }

  /** The Cookie header this visitor sends; also for sockets and browsers. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', this.cookie);
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    const response = await fetch(new URL(path, this.#base), { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, decodeURIComponent(value));
    }
    return response;
  }

  /** Opens a page and keeps its form token. */
  async open(path: string): Promise<{ status: number; html: string; response: Response }> {
    const response = await this.fetch(path);
    const html = await response.text();
    this.#token = /name="csrf-token" content="([^"]+)"/.exec(html)?.[1] ?? this.#token;
    return { status: response.status, html, response };
  }

  /** Sends a form of the last opened page (opens the home page when none was opened). */
  async send(path: string, fields: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
    if (this.#token === '') await this.open('/');
    return this.fetch(path, { method: 'POST', body: new URLSearchParams({ _csrf: this.#token, ...fields }), ...init });
  }

  /** Sends a form with files as a browser does: the token first, and where the form comes from. */
  async sendForm(path: string, form: FormData): Promise<Response> {
    if (this.#token === '') await this.open('/');
    const body = new FormData();
    for (const [name, value] of [['_csrf', this.#token] as const, ...form]) body.append(name, value);
    return this.fetch(path, { method: 'POST', headers: { origin: this.#base }, body });
  }

  /** Sends JSON as the page's own script would; gives status and answer. */
  async call(path: string, input: unknown): Promise<{ status: number; body: unknown }> {
    if (this.#token === '') await this.open('/');
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': this.#token };
    const response = await this.fetch(path, { method: 'POST', headers, body: JSON.stringify(input) });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  /** The token of the last page, to be forged or replayed. */
  get token(): string {
    return this.#token;
  }
}
