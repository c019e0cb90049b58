import type { Page } from 'playwright-core';
import { flatWords } from '../../src/platform/language.ts';

/** Pages taller than this are lists asked for in full, or nobody finds anything on them. */
const heightMax = 12_000;
const han = /\p{Script=Han}/u;
const bare = (words: string) => words.replaceAll(/<[^>]*>/g, '').trim();

/** Message areas, the Chinese sentences whole, and pieces of them long enough to stand in no other text by chance. */
const areas = [...new Set([...flatWords('en').keys()].map((key) => key.split('.')[0] ?? ''))];
const english = new Set([...flatWords('en').values()].map(bare));
const chinese = [...flatWords('zh-CN').values()].map(bare).filter((words) => han.test(words) && !english.has(words));
const sentences = chinese.filter((words) => !words.includes('{{') && words.length > 1);
const pieces = chinese
  .flatMap((words) => words.split(/\{\{[^}]*\}\}/))
  .map((piece) => piece.trim())
  .filter((piece) => (piece.match(/\p{Script=Han}/gu)?.length ?? 0) >= 10);

/** What a person would call broken on the page as it stands, one line a fault; an empty list is the aim. */
export async function lookFaults(page: Page, { wholeList = false } = {}): Promise<string[]> {
  const isEnglish = (await page.getAttribute('html', 'lang')) === 'en';
  const given = { areas, sentences: isEnglish ? sentences : [], pieces: isEnglish ? pieces : [] };
  const faults = [
    ...(await page.evaluate(sidewaysParts)),
    ...(await page.evaluate(narrowTexts)),
    ...(await page.evaluate(cutColumns)),
    ...(await page.evaluate(wordFaults, given)),
  ];
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (!wholeList && height > heightMax) faults.push(`the page is ${height} px tall`);
  return faults;
}

/** Sets the text of the page twice as large, as people with weak eyes do, and gives what reaches out of the window. */
export async function largeTextFaults(page: Page): Promise<string[]> {
  const size = (value: string) => page.evaluate((given) => (document.documentElement.style.fontSize = given), value);
  await size('212.5%');
  const faults = await page.evaluate(sidewaysParts);
  await size('');
  return faults;
}

/** Opens every fold of the page and gives what nobody could read or reach in them; closes them again. */
export async function foldFaults(page: Page): Promise<string[]> {
  const opened = await page.evaluate(() => {
    const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const fold of closed) {
      fold.open = true;
      fold.dataset['opened'] = '';
    }
    return closed.length;
  });
  if (opened === 0) return [];
  const faults = [
    ...(await page.evaluate(narrowTexts)),
    ...(await page.evaluate(cutColumns)),
    ...(await page.evaluate(controlsOutside)),
  ];
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>('details[data-opened]')) {
      fold.open = false;
      delete fold.dataset['opened'];
    }
  });
  return faults;
}

/** Places the cursor in each text box of a bar that stays in the window: its button must stay in the window too. */
export async function barFaults(page: Page): Promise<string[]> {
  const boxes = page.locator('form textarea:visible');
  const faults: string[] = [];
  for (let index = 0; index < (await boxes.count()); index += 1) {
    const box = boxes.nth(index);
    const stays = await box.evaluate((part) => {
      for (let at: Element | null = part; at; at = at.parentElement) {
        if (/sticky|fixed/.test(getComputedStyle(at).position)) return true;
      }
      return false;
    });
    if (!stays) continue;
    await box.focus();
    const fault = await box.evaluate((part: HTMLTextAreaElement) => {
      const button = part.form?.querySelector('button:not([type="button"])');
      const seen = button?.getBoundingClientRect();
      const width = part.getBoundingClientRect().width;
      if (width < 120) return `a box to write in is ${Math.round(width)} px wide`;
      if (!seen || seen.height === 0) return null;
      return seen.bottom > window.innerHeight + 1
        ? `the button of a box that stays lies at ${Math.round(seen.bottom)} px in a window of ${window.innerHeight}`
        : null;
    });
    if (fault) faults.push(fault);
    await box.evaluate((part: HTMLElement) => {
      part.blur();
    });
  }
  return faults;
}

/** Controls in folds that lie outside of the window sideways. */
function controlsOutside(): string[] {
  return [...document.querySelectorAll<HTMLElement>('details :is(a, button, input, select, textarea)')]
    .filter((control) => {
      const box = control.getBoundingClientRect();
      return box.width > 1 && control.checkVisibility() && (box.left < -1 || box.right > window.innerWidth + 1);
    })
    .map((control) => `out of the window: ${control.tagName} “${control.textContent?.trim().slice(0, 30)}”`);
}

/** What reaches out of the window at the right, and by how much. */
function sidewaysParts(): string[] {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return [];
  const widest = [...document.querySelectorAll<HTMLElement>('body *')]
    .filter((part) => part.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(-3)
    .map((part) => `${part.tagName}.${part.className} “${part.textContent?.trim().slice(0, 30)}”`);
  return [`${over} px wider than the window: ${widest.join(' · ')}`];
}

/** Texts set so narrow that they run down the page: under six of their characters wide, over eight lines. */
function narrowTexts(): string[] {
  const faults: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (text.length < 9 || !parent || parent.closest('script, style, svg, option')) continue;
    if (parent.getBoundingClientRect().width <= 1 || !parent.checkVisibility()) continue; // unseen, or in a closed fold
    range.selectNodeContents(node);
    const rows = [...range.getClientRects()].filter((row) => row.width > 0);
    const lines = new Set(rows.map((row) => Math.round(row.top))).size;
    if (lines <= 8) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    const character = /[\u3400-\u9fff]/.test(text) ? size : size * 0.55;
    const width = Math.max(...rows.map((row) => row.width));
    if (width < 6 * character) faults.push(`${lines} lines of ${Math.round(width)} px: “${text.slice(0, 30)}”`);
  }
  return faults;
}

/** Columns of tables that are cut off or must be scrolled for, and Latin words broken inside a cell. */
function cutColumns(): string[] {
  const faults: string[] = [];
  const range = document.createRange();
  for (const table of document.querySelectorAll('table')) {
    const box = table.getBoundingClientRect();
    if (box.width === 0) continue;
    let frame: Element | null = table.parentElement;
    while (frame && !/auto|scroll|hidden|clip/.test(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
    const edge = frame && frame !== document.documentElement ? frame.getBoundingClientRect().right : window.innerWidth;
    const head = [...table.querySelectorAll('th')].find((cell) => cell.getBoundingClientRect().right > edge + 1);
    const caption = table.caption?.textContent?.trim().slice(0, 30) ?? '';
    if (head ?? box.right > edge + 1) faults.push(`cut off: ${head?.textContent?.trim()} in table “${caption}”`);
    for (const cell of table.querySelectorAll('th, td')) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!parent || parent.closest('code') || !parent.checkVisibility()) continue;
        if (parent.getBoundingClientRect().width <= 1) continue;
        for (const { index, 0: word } of (node.textContent ?? '').matchAll(
          /(?<![\w@./_-])[A-Za-z]{3,18}(?![\w@./_])/g,
        )) {
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const tops = new Set([...range.getClientRects()].map((row) => Math.round(row.top)));
          if (tops.size > 1) faults.push(`broken word: ${word} in table “${caption}”`);
        }
      }
    }
  }
  return [...new Set(faults)];
}

interface GivenWords {
  areas: string[];
  sentences: string[];
  pieces: string[];
}

/** Message keys that were never put into words, and Chinese sentences on an English page. */
function wordFaults({ areas: known, sentences: whole, pieces: parts }: GivenWords): string[] {
  const faults: string[] = [];
  const all = new Set(whole);
  const keys = new RegExp(`(?<![\\w/@.-])(${known.join('|')})\\.[a-z][\\w-]*(\\.[\\w-]+)+(?![\\w/])`);
  const look = (text: string, foreign: boolean) => {
    const key = keys.exec(text)?.[0];
    if (key) faults.push(`raw key: ${key}`);
    if (foreign || !/[\u3400-\u9fff]/.test(text)) return;
    const found = all.has(text) ? text : parts.find((part) => text.includes(part));
    if (found) faults.push(`Chinese left: ${text.slice(0, 40)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest('script, style, code, pre, textarea')) continue;
    look(node.textContent?.trim() ?? '', parent.closest('[lang|="zh"], .user-text, .formatted, bdi') !== null);
  }
  for (const part of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]')) {
    for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
      look(part.getAttribute(name) ?? '', part.closest('[lang|="zh"], .user-text, .formatted, bdi') !== null);
    }
  }
  return [...new Set(faults)];
}
