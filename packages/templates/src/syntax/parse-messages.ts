import { didYouMean } from '@nuages/foundation'

const builtInTags = [
  'autoescape', 'block', 'blocktrans', 'call', 'elif', 'else', 'endautoescape', 'endblock', 'endblocktrans', 'endcall', 'endfilter', 'endfor', 'endif',
  'endmacro', 'endraw', 'endset', 'endswitch', 'endverbatim', 'extends', 'filter', 'for', 'from', 'if', 'import', 'include',
  'macro', 'plural', 'raw', 'set', 'switch', 'trans', 'verbatim',
] // biome-ignore format: a list of words

/** Django's tags that a Nunjucks template writes in another way. */
const instead: Readonly<Record<string, string>> = {
  load: 'libraries are known to every template: leave it out',
  with: 'write {% set name = value %}',
  empty: 'write {% else %} inside {% for %}',
  comment: 'write {# … #}',
  csrf_token: 'no library has that tag',
  cycle: "write {{ loop.index0 % 2 }} or make a cycler: {% set rows = cycler('odd', 'even') %}",
  firstof: 'write {{ a or b or c }}',
  ifchanged: 'compare with the value that the round before kept with {% set %}',
  regroup: "write {% for key, rows in items | groupby('key') %}",
  spaceless: 'write {%- and -%} where white space should go',
}

/** Nunjucks' message about a template it cannot parse, with what the author may have meant. */
export function improvedMessage(message: string, tags: Iterable<string>): string {
  const text = message.replace(/^\(.*\)\s*(\[Line.*\])?\s*/, '')
  const unknown = /^unknown block tag: (\w+)/.exec(text)?.[1]
  if (unknown === undefined) return text
  const way = instead[unknown]
  if (way) return `there is no tag '${unknown}': ${way}`
  if (builtInTags.includes(unknown)) {
    return `'${unknown}' does not belong here: a tag that was opened before it is not closed, or none is open.`
  }
  return `there is no tag '${unknown}'.${didYouMean(unknown, [...builtInTags, ...tags])}`
}
