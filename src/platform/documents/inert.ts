/** A table program would calculate what begins with one of these signs; an apostrophe keeps it a text. */
export const inert = (cell: string): string =>
  /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell;
