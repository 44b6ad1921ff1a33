import { readFileSync } from 'node:fs'

export interface SourceLine {
  readonly number: number
  readonly text: string
  /** Whether it is the line that the excerpt is about. */
  readonly current: boolean
}

const linesAround = 5
const longestLine = 400

/** The lines around `line` of a source text; long ones are cut. */
export function excerptOf(source: string, line: number, around: number = linesAround): readonly SourceLine[] {
  const lines = source.split(/\r?\n/)
  const first = Math.max(1, line - around)
  return lines.slice(first - 1, line + around).map((text, index) => ({
    number: first + index,
    text: text.length > longestLine ? `${text.slice(0, longestLine)}…` : text,
    current: first + index === line,
  }))
}

/** The lines around `line` of a file, or nothing when it cannot be read. */
export function sourceExcerpt(file: string, line: number): readonly SourceLine[] {
  if (file.startsWith('node:')) return []
  try {
    return excerptOf(readFileSync(file, 'utf8'), line)
  } catch {
    return []
  }
}
