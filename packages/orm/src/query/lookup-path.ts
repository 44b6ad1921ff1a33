import { inspect } from 'node:util'
import { didYouMean } from '@nuages/foundation'
import { FieldError } from '../errors.ts'
import { Field } from '../fields/field.ts'
import { type Lookup, lookupOf, lookups, lookupsFor, relationLookups } from '../lookups/lookup.ts'
import { type Transform, transformOf, transformsOf } from '../lookups/transform.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import { type JoinStep, joinSteps } from './compile/join-step.ts'

/** Where a path such as `author__mentor__name` leads: over which joins, to which column. */
export interface ColumnPath {
  readonly steps: readonly JoinStep[]
  readonly field: Field
  /** The path ends with a relation, so that rows are compared as well as keys. */
  readonly relation: ModelMeta | undefined
}

/** What a key of `filter` asks: a column, parts of it, and how it is compared. */
export interface LookupPath extends ColumnPath {
  readonly transforms: readonly Transform[]
  readonly lookup: Lookup
}

const caches = new WeakMap<ModelMeta, Map<string, LookupPath>>()
/** Paths come from code, but where one is built from input, memory must not grow with it. */
const cacheLimit = 2000

/** Reads a key of `filter`. Throws `FieldError` for a name, a lookup or a combination that does not exist. */
export function lookupPath(meta: ModelMeta, key: string): LookupPath {
  let cache = caches.get(meta)
  if (!cache) {
    cache = new Map()
    caches.set(meta, cache)
  }
  let path = cache.get(key)
  if (!path) {
    path = readLookupPath(meta, key)
    if (cache.size >= cacheLimit) cache.clear()
    cache.set(key, path)
  }
  return path
}

function readLookupPath(meta: ModelMeta, key: string): LookupPath {
  const { path, rest } = walk(meta, key.split('__'), `filter '${key}'`)
  return readLookup(path, rest, `filter '${key}'`)
}

/** Reads what follows a column, or another value of that name, in a key: transforms, then at most one lookup. */
export function readLookup(
  path: ColumnPath,
  names: readonly string[],
  where: string,
  subject = path.field.name,
): LookupPath {
  const chain: Transform[] = []
  let { field } = path
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1
    const lookup = path.relation ? relationLookup(name) : lookupOf(field, name)
    const transform = path.relation ? undefined : transformOf(field, name)
    if (lookup && isLast) return { ...path, transforms: chain, lookup }
    if (!transform) throw unknownLookup(path, field, name, where, index === 0 ? subject : names[index - 1]!)
    chain.push(transform)
    field = transform.output
  }
  const exact = path.relation ? undefined : lookupOf(field, 'exact')
  return { ...path, transforms: chain, lookup: exact ?? lookups.get('exact')! }
}

/** Reads transforms alone: what a path has behind its column outside of conditions. */
export function readTransforms(path: ColumnPath, names: readonly string[], where: string): readonly Transform[] {
  const chain: Transform[] = []
  let { field } = path
  for (const name of names) {
    const transform = path.relation ? undefined : transformOf(field, name)
    if (!transform) {
      if (path.relation) throw unknownName(path.relation, name, where)
      const known = transformsOf(field)
      const has = known.length === 0 ? 'has no fields of its own, so no' : 'has no part'
      const hint = known.length === 0 ? '' : `${didYouMean(name, known)} Parts: ${known.join(', ')}.`
      throw new FieldError(`Field '${field.name}' ${has} '${name}' (in ${where}).${hint}`)
    }
    chain.push(transform)
    field = transform.output
  }
  return chain
}

function relationLookup(name: string): Lookup | undefined {
  return relationLookups.has(name) ? lookups.get(name) : undefined
}

function unknownLookup(path: ColumnPath, field: Field, name: string, where: string, of: string): FieldError {
  const known = path.relation ? [...relationLookups] : [...lookupsFor(field.kind), ...transformsOf(field)]
  const subject = path.relation ? `Relation to ${path.relation.name}` : `Field '${of}'`
  return new FieldError(
    `${subject} has no lookup '${name}' (in ${where}).${didYouMean(name, known)} Lookups: ${known.join(', ')}.`,
  )
}

/** Follows names as far as they lead over relations to a column; what is left are transforms and lookups. */
export function walk(
  start: ModelMeta,
  names: readonly string[],
  where: string,
): { path: ColumnPath; rest: readonly string[] } {
  return walkFrom(start, [], names, where)
}

/** The same, from a row that some joins lead to. */
export function walkFrom(
  start: ModelMeta,
  before: readonly JoinStep[],
  names: readonly string[],
  where: string,
): { path: ColumnPath; rest: readonly string[] } {
  const steps: JoinStep[] = [...before]
  let meta = start
  for (const [index, name] of names.entries()) {
    const member = meta.member(name)
    const isColumn = member instanceof Field && (!(member instanceof ForeignKeyField) || name === member.attribute)
    if (isColumn) return { path: { steps, field: member, relation: undefined }, rest: names.slice(index + 1) }
    if (member === undefined) {
      if (index > 0 || before.length > 0)
        return { path: { steps, field: meta.pk, relation: meta }, rest: namesOrThrow(meta, names, index, where) }
      throw unknownName(meta, name, where)
    }
    const more = joinSteps(member)
    steps.push(...more)
    meta = more.at(-1)!.to
  }
  return { path: { steps, field: meta.pk, relation: meta }, rest: [] }
}

/** After a relation, a name that is neither a field nor a lookup was meant as a field. */
function namesOrThrow(meta: ModelMeta, names: readonly string[], index: number, where: string): readonly string[] {
  const name = names[index]!
  if (!lookups.has(name)) throw unknownName(meta, name, where)
  return names.slice(index)
}

/** `Book has no field 'athor' (in filter 'athor__name'). Did you mean 'author'? Fields: …` */
export function unknownName(meta: ModelMeta, name: string, where: string, extra: readonly string[] = []): FieldError {
  const names = [...meta.names, ...extra]
  return new FieldError(
    `${meta.name} has no field '${name}' (in ${where}).${didYouMean(name, names)} Fields: ${names.join(', ')}.`,
  )
}

/** The names of a path. Throws `FieldError` for what is no path, such as `undefined`. */
export function namesOf(path: unknown, where: string): string[] {
  if (typeof path === 'string') return path.split('__')
  throw new FieldError(`A path is a string such as 'author__name', not ${inspect(path, { depth: 0 })} (in ${where}).`)
}

/** Reads a path that must end at a column or a relation, without lookups. */
export function columnPath(meta: ModelMeta, key: string, where: string): ColumnPath {
  const { path, rest } = walk(meta, namesOf(key, where), where)
  if (rest.length === 0) return path
  if (path.relation) throw unknownName(path.relation, rest[0]!, where)
  throw new FieldError(`Field '${path.field.name}' has no fields of its own, so no '${rest[0]}' (in ${where}).`)
}
