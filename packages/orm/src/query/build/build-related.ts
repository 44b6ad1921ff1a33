import { FieldError, QueryError } from '../../errors.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { ReverseField } from '../../relations/reverse.ts'
import { namesOf, unknownName } from '../lookup-path.ts'
import type { Query, RelatedTree } from '../query.ts'
import { refuseCompound } from './query-state.ts'

/** Relations that lead to one row at most, and theirs: `'author__mentor'`. */
export function withRelated(query: Query, paths: readonly string[]): Query {
  refuseCompound(query, 'selectRelated')
  if (query.selected) throw new QueryError('Cannot call selectRelated() after values() or valuesList().')
  let { related } = query
  for (const path of paths) related = addRelated(related, query.meta, namesOf(path, 'selectRelated'), path)
  return { ...query, related, shape: `${query.shape} s(${paths.join()})` }
}

function addRelated(tree: RelatedTree, meta: ModelMeta, names: readonly string[], path: string): RelatedTree {
  const [name, ...rest] = names as [string, ...string[]]
  const relation = meta.relation(name)
  const single = relation instanceof ForeignKeyField || (relation instanceof ReverseField && relation.isSingle)
  if (!single) {
    if (!meta.member(name)) throw unknownName(meta, name, `selectRelated '${path}'`)
    const hint = relation ? ` It leads to many rows: use prefetchRelated('${path}').` : ''
    throw new FieldError(`${meta.name}.${name} is no relation to one row (in selectRelated '${path}').${hint}`)
  }
  const below = tree[name] ?? {}
  return { ...tree, [name]: rest.length === 0 ? below : addRelated(below, relation.target, rest, path) }
}
