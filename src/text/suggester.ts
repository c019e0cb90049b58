import { termsOf } from './terms.ts';

export interface Suggestion {
  label: string;
  /** 0 to 1, adding up to 1 over all labels; meant as "so often right". */
  confidence: number;
}

interface Example {
  features: Int32Array;
  /** Weights of the features, length 1 together. */
  weights: Float32Array;
  label: number;
}

/**
 * Suggests a label (a department, a subject class) for a text from labelled ones: a linear model over character
 * pairs (multinomial logistic regression, trained by AdaGrad). Learns one by one as clerks decide, or many at once.
 */
export class Suggester {
  private labels: string[] = [];
  private numbers = new Map<number, number>();
  private model: Float32Array[] = [];
  private speed: Float32Array[] = [];
  private examples: number[] = [];
  private readonly frequency: number[] = [];
  private texts = 0;
  /** Above 1 makes confidences more modest; set by calibrate(). */
  private temperature = 1;

  /** Learns from many labelled texts; `passes` times over all of them. Can be called again with more. */
  learnAll(texts: readonly { text: string; title?: string; label: string }[], passes = 4): void {
    const examples = texts.map((one) => this.example(one));
    for (let pass = 0; pass < passes; pass += 1) for (const example of shuffled(examples, pass)) this.step(example);
  }

  /** Learns from one decision. */
  learn(one: { text: string; title?: string; label: string }): void {
    const example = this.example(one);
    for (let time = 0; time < 3; time += 1) this.step(example);
  }

  /**
   * Sets how sure the suggestions are, from labelled texts that were not learnt from: what is said with 80 % should
   * be right in four of five.
   */
  calibrate(texts: readonly { text: string; title?: string; label: string }[]): void {
    const known = texts.filter(({ label }) => this.labels.includes(label));
    let best = Number.POSITIVE_INFINITY;
    let chosen = 1;
    for (let temperature = 0.25; temperature <= 4; temperature *= 1.1) {
      this.temperature = temperature;
      let loss = 0;
      for (const one of known) {
        const confidence = this.suggest(one, this.labels.length).find(({ label }) => label === one.label)?.confidence;
        loss -= Math.log(Math.max(confidence ?? 0, 1e-6));
      }
      if (loss < best) [best, chosen] = [loss, temperature];
    }
    this.temperature = chosen;
  }

  /** The likeliest labels, best first; none when nothing was learnt yet. */
  suggest(one: { text: string; title?: string }, limit = 3): Suggestion[] {
    const { features, weights } = this.vector(one, false);
    const chances = softmax(this.scores(features, weights), this.temperature);
    return chances
      .map((confidence, index) => ({ label: this.labels[index] ?? '', confidence }))
      .sort((first, second) => second.confidence - first.confidence)
      .slice(0, limit);
  }

  private example(one: { text: string; title?: string; label: string }): Example {
    let label = this.labels.indexOf(one.label);
    if (label < 0) {
      label = this.labels.push(one.label) - 1;
      this.model.push(new Float32Array(1 << 12));
      this.speed.push(new Float32Array(1 << 12));
      this.examples.push(0);
    }
    this.examples[label] = (this.examples[label] ?? 0) + 1;
    this.texts += 1;
    return { ...this.vector(one, true), label };
  }

  /** Terms weighted by tf-idf, those of the title three times; feature 0 is the constant. */
  private vector({ text, title = '' }: { text: string; title?: string }, learn: boolean): Omit<Example, 'label'> {
    const counts = termsOf(text.slice(0, 3_000));
    for (const [term, count] of termsOf(title)) counts.set(term, (counts.get(term) ?? 0) + 3 * count);
    const features = [0];
    const weights = [0.3];
    let square = 0;
    for (const [term, count] of counts) {
      let number = this.numbers.get(term);
      if (number === undefined && !learn) continue;
      if (number === undefined) this.numbers.set(term, (number = this.numbers.size + 1));
      if (learn) this.frequency[number] = (this.frequency[number] ?? 0) + 1;
      const rarity = Math.log(1 + (this.texts + 1) / (this.frequency[number] ?? 1));
      const weight = (1 + Math.log(count)) * rarity;
      features.push(number);
      weights.push(weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square) || 1;
    return {
      features: Int32Array.from(features),
      weights: Float32Array.from(weights, (weight, index) => (index ? weight / length : weight)),
    };
  }

  private scores(features: Int32Array, weights: Float32Array): number[] {
    return this.model.map((row) => {
      let sum = 0;
      for (let index = 0; index < features.length; index += 1)
        sum += (row[features[index] ?? 0] ?? 0) * (weights[index] ?? 0);
      return sum;
    });
  }

  private step({ features, weights, label }: Example): void {
    const chances = softmax(this.scores(features, weights), 1);
    for (const [number, chance] of chances.entries()) {
      const fault = chance - (number === label ? 1 : 0);
      if (Math.abs(fault) < 0.005) continue;
      const [row, speed] = this.rows(number);
      for (let index = 0; index < features.length; index += 1) {
        const feature = features[index] ?? 0;
        const slope = fault * (weights[index] ?? 0);
        const steep = (speed[feature] = (speed[feature] ?? 0) + slope * slope);
        row[feature] = (row[feature] ?? 0) - (0.3 * slope) / (Math.sqrt(steep) + 0.01);
      }
    }
  }

  private rows(number: number): [Float32Array, Float32Array] {
    const highest = this.numbers.size;
    for (const table of [this.model, this.speed]) {
      const row = table[number];
      if (row && row.length > highest) continue;
      const larger = new Float32Array(Math.ceil((highest + 1) * 1.5));
      larger.set(row ?? []);
      table[number] = larger;
    }
    return [this.model[number] ?? new Float32Array(), this.speed[number] ?? new Float32Array()];
  }
}

function softmax(scores: readonly number[], temperature: number): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - most) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The same order for the same pass, so that training can be repeated. */
function shuffled<Item>(items: readonly Item[], pass: number): Item[] {
  const order = [...items];
  let seed = pass + 1;
  for (let index = order.length - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (index + 1));
    [order[index], order[other]] = [order[other] as Item, order[index] as Item];
  }
  return order;
}
