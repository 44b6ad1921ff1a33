/** An entry as its file has it. */
export interface FileEntry {
  readonly key: string
  /** Milliseconds since the epoch; `null` for never. */
  readonly expires: number | null
  readonly text: string
}

const lineBreak = '\n'

/** A line of JSON that says which entry it is and when it ends, then the text. */
export function writeEntry({ key, expires, text }: FileEntry): string {
  return JSON.stringify({ expires, key }) + lineBreak + text
}

/** The entry of a file; `undefined` where the file is none of ours, or not whole. Nothing of it is ever run. */
export function readEntry(content: string): FileEntry | undefined {
  const end = content.indexOf(lineBreak)
  if (end === -1) return undefined
  try {
    const { key, expires } = JSON.parse(content.slice(0, end)) as Record<string, unknown>
    if (typeof key !== 'string' || !(expires === null || typeof expires === 'number')) return undefined
    return { key, expires, text: content.slice(end + 1) }
  } catch {
    return undefined
  }
}

export function isLive({ expires }: FileEntry, now = Date.now()): boolean {
  return expires === null || expires > now
}
