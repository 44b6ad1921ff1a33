import { database } from '../../backends/registry.ts'
import { loadDeferred } from '../../models/deferred.ts'
import { Row, stateOf } from '../../models/row.ts'
import { metaOf } from '../../models/save-row.ts'
import { isQuerySource } from '../../query/query.ts'
import type { QuerySet } from '../../query/query-set.ts'
import { databaseToRead } from '../../routing/route.ts'
import { SerializationError } from '../errors.ts'
import { assertFormat, type SerializationFormat } from '../format.ts'
import { RelatedKeys } from './related-keys.ts'
import { RowWriter, type RowWriterOptions, type WrittenObject } from './row-writer.ts'

export interface SerializeOptions extends RowWriterOptions {
  /** Spaces of indentation, for people; of `json` alone. */
  readonly indent?: number | undefined
  /** How many rows are read and held at once; 2000 unless told. */
  readonly chunkSize?: number | undefined
}

/** A queryset, or rows of any models. */
export type Serializable = QuerySet<never, object> | Iterable<object> | AsyncIterable<object>

/**
 * Rows as text: `await serialize('json', Post.objects.filter({ isDraft: false }))`. Relations are asked for a chunk of rows at a
 * time. Throws `SerializationError` for what cannot be written. Django's `serializers.serialize`.
 */
export async function serialize(
  format: SerializationFormat,
  rows: Serializable,
  options: SerializeOptions = {},
): Promise<string> {
  return (await Array.fromAsync(serializeInPieces(format, rows, options))).join('')
}

/** The same in pieces, a chunk of rows each, so that neither the rows nor the text are in memory as a whole. */
export async function* serializeInPieces(
  format: SerializationFormat,
  rows: Serializable,
  options: SerializeOptions = {},
): AsyncGenerator<string, void, undefined> {
  assertFormat(format)
  const isList = format === 'json'
  const text = isList
    ? (one: WrittenObject): string => JSON.stringify(one, null, options.indent)
    : (one: WrittenObject): string => JSON.stringify(one)
  let isFirst = true
  if (isList) yield '['
  for await (const objects of writtenObjects(rows, options)) {
    const separator = isList ? ',\n' : '\n'
    const piece = objects.map(text).join(separator)
    if (isList) yield isFirst ? `\n${piece}` : `,\n${piece}`
    else yield `${piece}\n`
    isFirst = false
  }
  if (isList) yield isFirst ? ']\n' : '\n]\n'
}

async function* writtenObjects(
  rows: Serializable,
  options: SerializeOptions,
): AsyncGenerator<readonly WrittenObject[], void, undefined> {
  const writers = new Map<unknown, RowWriter>()
  for await (const chunk of chunksOfOneModel(rows, options.chunkSize ?? 2000)) {
    const meta = metaOf(chunk[0]!)
    const writer = writers.get(meta) ?? new RowWriter(meta, options)
    writers.set(meta, writer)
    const related = await relatedKeys(writer, chunk, options)
    yield chunk.map((row) => writer.write(row, related))
  }
}

async function relatedKeys(writer: RowWriter, rows: readonly Row[], options: SerializeOptions): Promise<RelatedKeys> {
  const related = new RelatedKeys()
  await loadDeferred(rows)
  if (writer.naturalKeys.length === 0 && writer.manyToMany.length === 0) return related
  const { alias } = stateOf(rows[0]!)
  const db = alias === undefined ? databaseToRead(writer.meta.model) : database(alias)
  for (const field of writer.naturalKeys) await related.loadNaturalKeys(field, rows, db)
  for (const member of writer.manyToMany) {
    await related.loadPairs(member, rows, db, options.useNaturalForeignKeys ?? false)
  }
  return related
}

/** Rows that follow each other and are of one model and one database, so many at most. */
async function* chunksOfOneModel(rows: Serializable, size: number): AsyncGenerator<readonly Row[], void, undefined> {
  let chunk: Row[] = []
  for await (const row of isQuerySource(rows) ? (rows as QuerySet<never, object>).iterator(size) : rows) {
    if (!Row.has(row)) throw new SerializationError(`serialize() takes rows of models, got ${String(row)}.`)
    const isOther = chunk.length > 0 && (row.constructor !== chunk[0]!.constructor || !sameDatabase(row, chunk[0]!))
    if (chunk.length >= size || isOther) {
      yield chunk
      chunk = []
    }
    chunk.push(row)
  }
  if (chunk.length > 0) yield chunk
}

function sameDatabase(one: Row, other: Row): boolean {
  return stateOf(one).alias === stateOf(other).alias
}
