/** A part of a representation, both ends inclusive and within it. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

// More than any player or download manager asks for; fewer than make a small request a large answer.
const maxRanges = 16
// Below this, the headers of another part weigh more than the bytes between (RFC 9110 §15.3.7.2).
const worthJoining = 80

/**
 * Reads a `Range` header (RFC 9110 §14.2) for a representation of `size` bytes. `'ignore'` where the whole should be sent: the
 * unit is not bytes, the header is malformed or asks for too many parts. `'unsatisfiable'` where no range touches the
 * representation. Ranges that overlap or nearly touch are joined; the order of the request is kept.
 */
export function parseByteRanges(header: string, size: number): readonly ByteRange[] | 'ignore' | 'unsatisfiable' {
  const list = /^bytes=(.*)$/i.exec(header)?.[1]
  if (list === undefined) return 'ignore'
  const specs = list
    .split(',', maxRanges * 4)
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '')
  if (specs.length === 0 || specs.length > maxRanges) return 'ignore'
  const ranges: ByteRange[] = []
  for (const spec of specs) {
    const range = parseSpec(spec, size)
    if (range === 'malformed') return 'ignore'
    if (range !== undefined) ranges.push(range)
  }
  return ranges.length === 0 ? 'unsatisfiable' : joined(ranges)
}

function parseSpec(spec: string, size: number): ByteRange | 'malformed' | undefined {
  const match = /^(\d*)-(\d*)$/.exec(spec)
  if (match === null || spec === '-') return 'malformed'
  const [, first, last] = match as unknown as [string, string, string]
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? undefined : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return 'malformed'
  return start >= size ? undefined : { start, end }
}

function joined(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const sorted = ranges.map((range, order) => ({ ...range, order })).sort((a, b) => a.start - b.start)
  const result: { start: number; end: number; order: number }[] = []
  for (const range of sorted) {
    const last = result.at(-1)
    if (last !== undefined && range.start <= last.end + 1 + worthJoining) {
      last.end = Math.max(last.end, range.end)
      last.order = Math.min(last.order, range.order)
    } else {
      result.push(range)
    }
  }
  return result.sort((a, b) => a.order - b.order).map(({ start, end }) => ({ start, end }))
}
