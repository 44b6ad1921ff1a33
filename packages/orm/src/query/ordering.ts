import { FieldError } from '../errors.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { Expression } from './expression.ts'
import { columnPath } from './lookup-path.ts'
import type { OrderTerm } from './query.ts'

const noAnnotations: ReadonlyMap<string, Expression> = new Map()

/** Reads names as `orderBy` takes them: a path, `-` in front for descending, or `'?'` for chance. Throws `FieldError`. */
export function readOrdering(
  meta: ModelMeta,
  names: readonly string[],
  annotations: ReadonlyMap<string, Expression> = noAnnotations,
): OrderTerm[] {
  return names.map((name) => {
    if (typeof name !== 'string') throw new FieldError(`orderBy takes names, got ${String(name)}.`)
    if (name === '?') return { descending: false, by: 'random' }
    const descending = name.startsWith('-')
    const path = descending ? name.slice(1) : name
    if (annotations.has(path)) return { descending, by: { annotation: path } }
    const column = columnPath(meta, path, `orderBy '${name}'`)
    // A key under its own name is that column, not the other model's ordering.
    const last = path.split('__').at(-1)
    return { descending, by: last === 'pk' ? { ...column, relation: undefined } : column }
  })
}
