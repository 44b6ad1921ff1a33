import { placeholder } from '../../src/backends/operations.ts'
import { operationsFor } from '../../src/backends/operations-for.ts'
import type { SqlValue } from '../../src/backends/statement.ts'
import { Decimal, database, type Field, type ModelMeta } from '../../src/index.ts'
import { modelTable, pairTable } from '../../src/migrations/state/model-tables.ts'
import { links, rows } from './data.ts'
import { Author, Book, metas } from './schema.ts'

/** A value of the data set as the model's attribute holds it. */
function attribute(field: Field, value: unknown): unknown {
  if (value === null) return null
  switch (field.kind) {
    case 'date':
      return Temporal.PlainDate.from(value as string)
    case 'time':
      return Temporal.PlainTime.from(value as string)
    case 'dateTime':
      return Temporal.Instant.from(value as string)
    case 'duration':
      return Temporal.Duration.from({ microseconds: value as number })
    case 'decimal':
      return new Decimal(value as string)
    case 'binary':
      return Uint8Array.fromHex(value as string)
    default:
      return value
  }
}

function throughs(): [bookTags: ModelMeta, authorFriends: ModelMeta] {
  return [Book.meta.manyToMany[0]!.through, Author.meta.manyToMany[0]!.through]
}

/** Makes the tables in the default database and fills them. */
export async function loadData(): Promise<void> {
  const db = database()
  const [bookTags, authorFriends] = throughs()
  await db.alterSchema(async (editor) => {
    for (const meta of metas) await editor.createTable(modelTable(meta, db.vendor))
    for (const through of [bookTags, authorFriends]) await editor.createTable(pairTable(through, db.vendor))
  })
  await db.atomic(async () => {
    for (const meta of metas) {
      const written = meta.fields
      const values = rows[meta.name]!.map((row) =>
        written.map((field) => field.toSql(attribute(field, row[field.attribute]))),
      )
      await insert(meta, values)
    }
    await insert(
      bookTags,
      links.bookTags.map(([book, tag], index) => [index + 1, book, tag]),
    )
    await insert(
      authorFriends,
      links.authorFriends.map(([a, b], index) => [index + 1, a!, b!]),
    )
  })
}

/** Makes keys count on from the rows that there are: PostgreSQL's sequences neither see given keys nor go back. */
export async function countOn(): Promise<void> {
  const db = database()
  if (db.vendor === 'sqlite') return
  for (const { table, pk } of [...metas, ...throughs()]) {
    if (pk.factory !== 'bigAuto') continue
    const sql = `SELECT setval(pg_get_serial_sequence('"${table}"', 'id'), (SELECT MAX("id") FROM "${table}"))`
    await db.all({ sql }, [])
  }
}

async function insert(meta: ModelMeta, rows: readonly (readonly SqlValue[])[]): Promise<void> {
  const operations = operationsFor(database().vendor)
  const columns = meta.fields.map(({ column }) => operations.quote(column))
  const marks = meta.fields.map(({ kind }) => operations.assigned(kind, placeholder))
  const sql = operations.finish(`INSERT INTO "${meta.table}" (${columns.join(', ')}) VALUES (${marks.join(', ')})`)
  for (const row of rows) await database().run({ sql }, row)
}
