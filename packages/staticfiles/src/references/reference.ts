/** Where the text of a file names another file. */
export interface Reference {
  /** Where what is replaced starts and ends in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** The URL as it is meant, without quotes and escapes. */
  readonly url: string
  /** What stands in the text for another URL. */
  write(url: string): string
  /** What a person would call it: `url()`, `import`. */
  readonly what: string
  /** Whether the file works without it: a source map is only read by people who look for errors. */
  readonly isOptional?: boolean
}

/** The line of a position in a text, from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split(/\r\n|[\n\r\f]/).length
}

/** The text with what `replacementOf` gives in place of references; where it gives nothing, they stay. */
export function replaceReferences(
  text: string,
  references: readonly Reference[],
  replacementOf: (reference: Reference) => string | undefined,
): string {
  let result = ''
  let position = 0
  for (const reference of references.toSorted((a, b) => a.start - b.start)) {
    const url = replacementOf(reference)
    if (url === undefined || reference.start < position) continue
    result += text.slice(position, reference.start) + reference.write(url)
    position = reference.end
  }
  return result + text.slice(position)
}
