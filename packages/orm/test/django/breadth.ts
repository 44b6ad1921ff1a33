import { ForeignKeyField, type ModelMeta } from '../../src/index.ts'
import { isNode, type NeutralNode } from './neutral.ts'

/** How many joins that may lead to many rows a query asks for: each multiplies the rows of the others. */
export function breadth(meta: ModelMeta, { calls }: NeutralNode): number {
  const joins = new Set<string>()
  for (const [index, [, ...args]] of calls.entries()) {
    for (const path of args.flatMap(pathsIn)) {
      for (const prefix of manyIn(meta, path.split('__'))) joins.add(`${index} ${prefix}`)
    }
  }
  return joins.size
}

/** The keys of all conditions in a tree. */
function pathsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(pathsIn)
  if (isNode(value)) return [...value.args, ...value.calls.flat()].flatMap(pathsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...pathsIn(inner)])
}

/** The parts of a path that end with a relation of many rows. */
function manyIn(start: ModelMeta, names: readonly string[]): string[] {
  const found: string[] = []
  let meta = start
  for (const [index, name] of names.entries()) {
    const relation = meta.relation(name)
    if (!relation) break
    if (!(relation instanceof ForeignKeyField)) found.push(names.slice(0, index + 1).join('__'))
    meta = relation.target
  }
  return found
}
