/** One thing that a page of the docs tells its reader to do. */
export type Step =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'write'; readonly file: string; readonly text: string }
  | { readonly kind: 'patch'; readonly file: string; readonly lines: readonly string[] }

/**
 * The steps of a Markdown page, in order: `sh` blocks are commands, a line each; blocks with `title="file"` are files to
 * write, and `diff` blocks with a title are lines to add to one. Other blocks only show something.
 */
export function pageSteps(markdown: string): Step[] {
  const steps: Step[] = []
  for (const [, language, title, body] of markdown.matchAll(
    /^```(\w+)(?: title="([^"]+)")?(?: replaces="[^"]+")?\n([\s\S]*?)^```$/gm,
  )) {
    if (language === 'sh') {
      for (const command of body!.trim().split('\n'))
        steps.push({ kind: 'run', command: command.replace(/\s+#.*$/, '') })
    } else if (title && language === 'diff') {
      steps.push({ kind: 'patch', file: title, lines: body!.trimEnd().split('\n') })
    } else if (title) {
      steps.push({ kind: 'write', file: title, text: body! })
    }
  }
  return steps
}

/** Adds the `+` lines of a diff after the line of context above them; throws when the file has no such line. */
export function patched(text: string, lines: readonly string[]): string {
  const result = text.split('\n')
  let at = -1
  for (const line of lines) {
    if (line.startsWith('+')) {
      result.splice(at + 1, 0, line.slice(1))
      at += 1
    } else {
      at = result.findIndex((candidate) => candidate.trim() === line.trim())
      if (at === -1)
        throw new Error(`The page patches after a line that the file does not have: ${line.trim()}\n${text}`)
    }
  }
  return result.join('\n')
}
