/** What another type of a column means for the values that are there and for code that knows the type before. */
export interface TypeChange {
  /** `other`: another kind of value, which the release before neither reads nor writes. */
  readonly kind: 'same' | 'wider' | 'narrower' | 'other'
  /** What the values lose on the way, where the database does not refuse them instead. */
  readonly loses?: string
}

interface ParsedType {
  readonly family: string
  /** In which it can be compared with another of its family: a length, the bytes of a number. */
  readonly size: number
  /** Digits after the point. */
  readonly scale: number
}

const texts = new Set(['varchar', 'char', 'text', 'character varying', 'citext'])
const integers = new Map([
  ['smallint', 2],
  ['integer', 4],
  ['bigint', 8],
])
const floats = new Set(['double precision', 'real'])
const decimals = new Set(['numeric', 'decimal'])

function parse(type: string): ParsedType {
  const lower = type.toLowerCase().replace(' unsigned', '')
  const base = lower.replace(/\s*\(.*?\)/, '')
  const [length, scale = 0] = (/\(([^)]*)\)/.exec(lower)?.[1] ?? '').split(',').map(Number)
  const size = length === undefined || Number.isNaN(length) || length === 0 ? Number.POSITIVE_INFINITY : length
  if (texts.has(base)) return { family: 'text', size, scale: 0 }
  if (decimals.has(base)) return { family: 'decimal', size, scale }
  if (floats.has(base)) return { family: 'float', size: base === 'real' ? 4 : 8, scale: 0 }
  return integers.has(base)
    ? { family: 'integer', size: integers.get(base)!, scale: 0 }
    : { family: base, size, scale: 0 }
}

/** Compares two types by what they can hold: `varchar(50)` and `varchar(100)`, `integer` and `text`. */
export function typeChange(from: string, to: string): TypeChange {
  const [old, next] = [parse(from), parse(to)]
  if (old.family !== next.family) return { kind: 'other', ...lost(old, next) }
  if (old.family === 'decimal' && Number.isFinite(next.size)) {
    const fewer = next.scale < old.scale ? { loses: `digits after the point: ${old.scale} become ${next.scale}` } : {}
    if (next.size - next.scale < old.size - old.scale || next.scale < old.scale) return { kind: 'narrower', ...fewer }
  }
  if (next.size < old.size) return { kind: 'narrower' }
  return next.size > old.size || next.scale > old.scale ? { kind: 'wider' } : { kind: 'same' }
}

function lost(old: ParsedType, next: ParsedType): Pick<TypeChange, 'loses'> {
  const fromTo = `${old.family} → ${next.family}`
  switch (fromTo) {
    case 'float → integer':
    case 'decimal → integer':
      return { loses: 'what stands after the point' }
    case 'decimal → float':
      return { loses: 'digits beyond the fifteenth' }
    case 'timestamp with time zone → date':
    case 'datetime → date':
      return { loses: 'the time of day' }
    case 'timestamp with time zone → time':
    case 'datetime → time':
      return { loses: 'the date' }
    case 'text → integer':
    case 'text → decimal':
    case 'text → float':
      return { loses: "how the numbers were written: '007' becomes 7" }
    default:
      return {}
  }
}

/**
 * Whether PostgreSQL writes every row anew for another type. It does not where each value of the one is one of the other, byte
 * for byte: text that may be longer, decimals of more digits before the point. Measured in `test/migrations/safety/postgres/locks.test.ts`.
 */
export function rewritesOnPostgres(from: string, to: string): boolean {
  if (from === to) return false
  const [old, next] = [parse(from), parse(to)]
  if (old.family !== next.family || from.endsWith('[]')) return true
  const isVarying = old.family === 'text' && !/^(char\(|citext)/.test(from) && !/^(char\(|citext)/.test(to)
  if (isVarying) return next.size < old.size
  if (old.family === 'decimal') return next.scale !== old.scale || next.size < old.size
  return true
}
