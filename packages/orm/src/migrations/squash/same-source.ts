/**
 * Whether two sources say the same but for how they are set out: spaces, line breaks, quotes, semicolons and commas at ends. A
 * comment, a constant or code of its own makes a difference.
 */
export function isSameSource(one: string, other: string): boolean {
  return outline(one) === outline(other)
}

/** Text stays as it is, whatever its quotes. */
function outline(source: string): string {
  return source
    .split(/('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/)
    .map((part, index) => (index % 2 === 1 ? textOf(part) : part.replace(/[\s;]+/g, '')))
    .join('')
    .replaceAll(/,([\])}])/g, '$1')
}

function textOf(literal: string): string {
  const text = literal.slice(1, -1).replaceAll(/\\(['"`])/g, '$1')
  return JSON.stringify(text)
}
