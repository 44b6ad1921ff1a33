import type { FoundMessage } from './found-message.ts'
import { lineAt, sourceMessages, unescaped } from './source-messages.ts'

const literal = `'(?:[^'\\\\]|\\\\[\\s\\S])*'|"(?:[^"\\\\]|\\\\[\\s\\S])*"`
const transTag = new RegExp(`\\{%-?\\s*trans(?:late)?\\s+(${literal})((?:${literal}|[^%'"]|%(?!\\}))*)%\\}`, 'g')
const blockTag = new RegExp(
  `\\{%-?\\s*blocktrans(late)?\\b((?:${literal}|[^%'"]|%(?!\\}))*)%\\}([\\s\\S]*?)\\{%-?\\s*endblocktrans(?:late)?\\s*-?%\\}`,
  'g',
)
const context = new RegExp(`\\bcontext\\s+(${literal})`)

/** The messages that a template translates: `{% trans %}`, `{% blocktrans %}`, `{{ _('…') }}` and the other functions. */
export function templateMessages(source: string): FoundMessage[] {
  // What is left out of the page is left out of the catalogue.
  const text = source.replace(/\{#[\s\S]*?#\}/g, (comment) => comment.replace(/[^\n]/g, ' '))
  const found: FoundMessage[] = []
  for (const [tag, message, options] of matches(text, transTag)) {
    found.push({ message: unquoted(message!), context: contextOf(options!), line: lineAt(text, tag.index) })
  }
  for (const [tag, , options, body] of matches(text, blockTag)) {
    const [singular, plural] = body!.split(/\{%-?\s*plural\s*-?%\}/).map((part) => bodyMessage(part, options!))
    found.push({ message: singular!, plural, context: contextOf(options!), line: lineAt(text, tag.index) })
  }
  for (const match of text.matchAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g)) {
    const line = lineAt(text, match.index)
    found.push(...sourceMessages(match[0]).map((message) => ({ ...message, line: line + message.line - 1 })))
  }
  return found.sort((a, b) => a.line - b.line)
}

function* matches(text: string, pattern: RegExp): Iterable<[RegExpExecArray, ...(string | undefined)[]]> {
  for (const match of text.matchAll(pattern)) yield [match, ...match.slice(1)]
}

function contextOf(options: string): string | undefined {
  const [, text] = context.exec(options) ?? []
  return text === undefined ? undefined : unquoted(text)
}

function unquoted(text: string): string {
  return unescaped(text.slice(1, -1))
}

/** The message of a body, as the tag makes it. */
function bodyMessage(body: string, options: string): string {
  const message = body.replace(/\{\{-?\s*(\w+)\s*-?\}\}/g, '{$1}')
  if (!/\btrimmed\b/.test(options.replace(new RegExp(literal, 'g'), ''))) return message
  return message
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}
