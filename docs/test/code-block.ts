import type { Page } from './page.ts'

/** A block of code of a page. */
export interface CodeBlock {
  /** `ts`, `html`, `sh`, … */
  readonly language: string
  /** The file of the page's project that the block is, if it says so. */
  readonly file: string | undefined
  readonly code: string
  /** The line of the page that the code starts at, from 1. */
  readonly line: number
  /** Why it is checked but not run, if it is not. */
  readonly noRun: string | undefined
  /** Whether it stands in place of the block above that is the same file. */
  readonly replaces: boolean
  /** The lines that a reader does not see, put before those of a block without a file. */
  readonly preamble: string
  /** Whether it stands in an HTML comment. */
  readonly hidden: boolean
}

const fence = /^```(?<info>\S[^\n]*)\n(?<code>.*?)^```$/
const preamble = /^<!-- preamble\n(?<preamble>.*?)^-->$/
const hidden = /^<!-- (?<hiddenInfo>\w+ title="[^\n]*")\n(?<hiddenCode>.*?)^-->$/
const parts = new RegExp([fence, preamble, hidden].map(({ source }) => source).join('|'), 'gms')

/** A first line that is a comment with a path names the block's file: `// blog/models.ts`, with or without `: why`. */
const fileComment = /^(?:\/\/|<!--|\{#) (?<file>[\w./-]+\.\w+)(?::[^\n]*| -->| #\})?\n/

/** The blocks of a page in order, those in HTML comments included. */
export function codeBlocks({ path, text }: Page): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let lines = ''
  for (const { groups = {}, index } of text.matchAll(parts)) {
    if (groups['preamble'] !== undefined) {
      lines = groups['preamble']
      continue
    }
    const [language = '', ...words] = (groups['info'] ?? groups['hiddenInfo']!).split(' ')
    const code = groups['code'] ?? groups['hiddenCode']!
    const options = readOptions(words.join(' '), `${path}: \`\`\`${groups['info']}`)
    blocks.push({
      language,
      file: options['title'] ?? fileComment.exec(code)?.groups?.['file'],
      code,
      line: text.slice(0, index).split('\n').length + 1,
      noRun: options['no-run'],
      replaces: options['replaces'] !== undefined,
      preamble: lines,
      hidden: groups['info'] === undefined,
    })
  }
  return blocks
}

const known: ReadonlySet<string> = new Set(['title', 'replaces', 'no-run'])

function readOptions(words: string, where: string): Partial<Record<string, string>> {
  const options: Record<string, string> = {}
  const rest = words.replaceAll(/([\w-]+)="([^"]+)"/g, (_whole, name: string, value: string) => {
    options[name] = value
    return ''
  })
  const unknown = Object.keys(options).filter((name) => !known.has(name))
  if (rest.trim() !== '' || unknown.length > 0)
    throw new Error(
      `${where} says '${rest.trim() || unknown}'; what a block may say is title="…", replaces="what" and no-run="why".`,
    )
  return options
}
