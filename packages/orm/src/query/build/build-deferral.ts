import { QueryError } from '../../errors.ts'
import { columnPath } from '../lookup-path.ts'
import type { Deferral, Query } from '../query.ts'
import { refuseCompound } from './query-state.ts'

/** Leaves columns out of the rows, until they are asked for; `null` leaves none out. Django's `defer`. */
export function withDeferred(query: Query, given: readonly (string | null)[]): Query {
  const names = given.filter((name) => name !== null)
  const paths = checked(query, names, 'defer')
  if (names.length < given.length) return { ...query, deferral: undefined, shape: `${query.shape} defer()` }
  if (names.length === 0) return query
  const { deferral } = query
  const kept = deferral?.only ? difference(deferral.paths, paths) : undefined
  const rest = deferral?.only ? difference(paths, deferral.paths) : undefined
  if (kept?.size) return changed(query, { only: true, paths: kept })
  return changed(query, { only: false, paths: rest ?? new Set([...(deferral?.paths ?? []), ...paths]) })
}

/** Leaves all but these columns out of the rows. Django's `only`. */
export function withOnly(query: Query, names: readonly string[]): Query {
  const paths = checked(query, names, 'only')
  const { deferral } = query
  return changed(query, { only: true, paths: deferral && !deferral.only ? difference(paths, deferral.paths) : paths })
}

function checked(query: Query, names: readonly string[], doing: 'defer' | 'only'): Set<string> {
  refuseCompound(query, doing)
  if (query.selected) throw new QueryError(`Cannot call ${doing}() after values() or valuesList().`)
  for (const name of names) columnPath(query.meta, name, `${doing} '${name}'`)
  return new Set(names.flatMap((name) => (name === 'pk' ? query.meta.keyFields.map((field) => field.name) : [name])))
}

function difference(paths: ReadonlySet<string>, without: ReadonlySet<string>): Set<string> {
  return new Set([...paths].filter((path) => !without.has(path)))
}

function changed(query: Query, deferral: Deferral): Query {
  return {
    ...query,
    deferral,
    shape: `${query.shape} ${deferral.only ? 'only' : 'defer'}(${[...deferral.paths].join()})`,
  }
}
