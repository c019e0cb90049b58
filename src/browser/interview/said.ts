const togetherMs = 400;

/** Says sentences to those who listen: each once, those of one moment together, and never over one another. */
export type Say = (sentence: string) => void;

/** Speaks through a place that is not seen and is announced politely. */
export function speakerAt(place: HTMLElement | null): Say {
  const waiting: string[] = [];
  return (sentence) => {
    if (!place) return;
    waiting.push(sentence);
    if (waiting.length > 1) return;
    setTimeout(() => (place.textContent = waiting.splice(0).join(' ')), togetherMs);
  };
}
