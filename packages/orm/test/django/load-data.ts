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

/** Makes the tables in the default database and fills them. */
export async function loadData(): Promise<void> {
  const db = database()
  const bookTags = Book.meta.manyToMany[0]!.through
  const authorFriends = Author.meta.manyToMany[0]!.through
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

async function insert(meta: ModelMeta, rows: readonly (readonly SqlValue[])[]): Promise<void> {
  const db = database()
  const quoted = meta.fields.map(({ column }) => `"${column}"`)
  const mark = (index: number): string => (db.vendor === 'sqlite' ? '?' : `$${index + 1}`)
  const marks = meta.fields.map(
    (field, index) =>
      mark(index) + (field.kind === 'duration' && db.vendor !== 'sqlite' ? " * interval '1 microsecond'" : ''),
  )
  const sql = `INSERT INTO "${meta.table}" (${quoted.join(', ')}) VALUES (${marks.join(', ')})`
  const statement = { sql, bigints: false }
  for (const row of rows) await db.run(statement as never, row)
}
