export interface SourceLine {
  /** Counted from 1. */
  readonly number: number
  readonly text: string
  readonly failing: boolean
}

/** The lines of `source` around `line` (counted from 1), `margin` of them on each side. */
export function sourceExcerpt(source: string, line: number, margin = 5): SourceLine[] {
  const lines = source.split(/\r\n|\r|\n/)
  const first = Math.max(1, line - margin)
  return lines.slice(first - 1, line + margin).map((text, index) => {
    const number = first + index
    return { number, text, failing: number === line }
  })
}

/** An excerpt as text, each line with its number, the failing one marked with `>`. */
export function formatExcerpt(lines: readonly SourceLine[]): string {
  const width = String(lines.at(-1)?.number ?? '').length
  return lines
    .map(({ number, text, failing }) => `${failing ? '>' : ' '} ${String(number).padStart(width)} | ${text}`.trimEnd())
    .join('\n')
}
