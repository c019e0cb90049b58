import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const pressGzip = promisify(gzip);
const pressBrotli = promisify(brotliCompress);
/** Below this many bytes compressing costs more than it saves. */
const worthPressing = 1_024;
/** How many different `since` one beat answers from memory; further ones are answered, but not kept. */
const keptAnswers = 300;

export type Encoding = 'identity' | 'gzip' | 'br';

/** One answer, encoded once for everybody who asks the same. */
export class PreparedAnswer {
  readonly plain: Buffer;
  #pressed = new Map<Encoding, Promise<Buffer>>();

  constructor(text: string) {
    this.plain = Buffer.from(text);
  }

  /** Gives the body in the best encoding the asker takes (the header `accept-encoding`). */
  async in(accepted: string): Promise<{ encoding: Encoding; body: Buffer }> {
    const encoding = this.#choose(accepted);
    if (encoding === 'identity') return { encoding, body: this.plain };
    let pressed = this.#pressed.get(encoding);
    if (!pressed) {
      pressed =
        encoding === 'br'
          ? pressBrotli(this.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
          : pressGzip(this.plain, { level: 5 });
      this.#pressed.set(encoding, pressed);
    }
    return { encoding, body: await pressed };
  }

  #choose(accepted: string): Encoding {
    if (this.plain.length < worthPressing) return 'identity';
    if (/\bbr\b/.test(accepted)) return 'br';
    return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
  }
}

/** The answers of one audience since the last beat, by `since`. */
export class PreparedAnswers {
  #bySince = new Map<number, PreparedAnswer>();

  /** Gives the answer for `since`, made by `make` when nobody asked for it since the last beat. */
  get(since: number, make: () => string): PreparedAnswer {
    let answer = this.#bySince.get(since);
    if (!answer) {
      answer = new PreparedAnswer(make());
      if (this.#bySince.size < keptAnswers) this.#bySince.set(since, answer);
    }
    return answer;
  }

  /** Something changed: what was prepared is old. */
  clear(): void {
    if (this.#bySince.size > 0) this.#bySince = new Map();
  }
}
