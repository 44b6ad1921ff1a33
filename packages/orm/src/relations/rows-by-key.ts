import type { Database } from '../backends/database.ts'
import { QueryError } from '../errors.ts'
import { Row, stateOf } from '../models/row.ts'
import { saveRow } from '../models/save-row.ts'
import { withColumn } from '../query/build/build-query.ts'
import { selectRows } from '../query/execute/select.ts'
import { updateRows } from '../query/execute/update-rows.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { type Query, rootQuery } from '../query/query.ts'
import { databaseToWrite } from '../routing/route.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import type { RelatedOptions, RelatedRows, SetOptions } from './related-rows.ts'

type Values = Record<string, unknown>

const valuesOf = (row: Row): Values => row as unknown as Values

/** The rows whose foreign key names a row. */
export class RowsByKey implements RelatedRows {
  readonly #key: ForeignKeyField

  constructor(key: ForeignKeyField) {
    this.#key = key
  }

  #path(): ColumnPath {
    return { steps: [], field: this.#key, relation: undefined }
  }

  #keyOf(row: Row): unknown {
    return valuesOf(row)[this.#key.target.pk.attribute]
  }

  #all(): Query {
    return rootQuery(this.#key.meta.model)
  }

  query(key: unknown): Query {
    return withColumn(this.#all(), this.#path(), [key])
  }

  async add(row: Row, keys: readonly unknown[], given: readonly unknown[], options: RelatedOptions): Promise<void> {
    this.#refuseUnsaved(given, row, options)
    await this.#change(row, this.#all(), keys, given, this.#keyOf(row), options)
  }

  #refuseUnsaved(given: readonly unknown[], row: Row, options: RelatedOptions): void {
    if (options.bulk === false) return
    const { alias } = stateOf(row)
    for (const one of given) {
      if (!Row.has(one)) continue
      const own = stateOf(one)
      if (own.stored && (own.alias === alias || alias === undefined)) continue
      throw new QueryError(
        `${String(one)} is not saved in this database: save it first, or give add() { bulk: false }, which saves it.`,
      )
    }
  }

  /** Gives the rows with these keys another value of the foreign key. */
  async #change(
    row: Row,
    within: Query,
    keys: readonly unknown[],
    given: readonly unknown[],
    value: unknown,
    options: RelatedOptions,
  ): Promise<void> {
    const db = databaseToWrite(this.#key.meta.model, row)
    if (options.bulk === false) return this.#saveEach(await this.#rows(keys, given, db), value, db)
    if (keys.length > 0) {
      const path: ColumnPath = { steps: [], field: this.#key.meta.pk, relation: undefined }
      await updateRows(withColumn(within, path, keys), { [this.#key.name]: value }, db)
    }
    for (const one of given) if (Row.has(one)) valuesOf(one)[this.#key.attribute] = value
  }

  async #saveEach(rows: readonly Row[], value: unknown, db: Database): Promise<void> {
    await db.atomic(
      async () => {
        for (const each of rows) {
          valuesOf(each)[this.#key.attribute] = value
          await saveRow(each, { using: db.alias })
        }
      },
      { savepoint: false },
    )
  }

  /** The rows that were given, those of which the key alone was given read. */
  async #rows(keys: readonly unknown[], given: readonly unknown[], db: Database): Promise<Row[]> {
    const rows = given.filter((one) => Row.has(one))
    const { pk } = this.#key.meta
    const there = new Set(rows.map((each) => valuesOf(each)[pk.attribute]))
    const others = keys.filter((key) => !there.has(key))
    if (others.length === 0) return rows
    const path: ColumnPath = { steps: [], field: pk, relation: undefined }
    return [...rows, ...((await selectRows(withColumn(this.#all(), path, others), db)) as Row[])]
  }

  #refuseNotNull(doing: string): void {
    if (this.#key.null) return
    throw new QueryError(
      `Cannot ${doing} rows over ${this.#key.meta.name}.${this.#key.name}, which may not be null: assign another, or delete them.`,
    )
  }

  async remove(row: Row, keys: readonly unknown[], given: readonly unknown[], options: RelatedOptions): Promise<void> {
    this.#refuseNotNull('remove')
    const own = this.#keyOf(row)
    for (const one of given) {
      if (!Row.has(one) || valuesOf(one)[this.#key.attribute] === own) continue
      const { DoesNotExist } = this.#key.meta.model as unknown as { DoesNotExist: new (message: string) => Error }
      throw new DoesNotExist(
        `${String(one)} is not related to ${String(row)} by ${this.#key.meta.name}.${this.#key.name}.`,
      )
    }
    await this.#change(row, this.query(own), keys, given, null, options)
  }

  async clear(row: Row, options: RelatedOptions): Promise<void> {
    this.#refuseNotNull('clear')
    const db = databaseToWrite(this.#key.meta.model, row)
    const related = this.query(this.#keyOf(row))
    if (options.bulk === false) return this.#saveEach((await selectRows(related, db)) as Row[], null, db)
    await updateRows(related, { [this.#key.name]: null }, db)
  }

  async set(row: Row, keys: readonly unknown[], given: readonly unknown[], options: SetOptions): Promise<void> {
    const db = databaseToWrite(this.#key.meta.model, row)
    await db.atomic(
      async () => {
        if (this.#key.null && options.clear) await this.clear(row, options)
        else if (this.#key.null) {
          const related = (await selectRows(this.query(this.#keyOf(row)), db)) as Row[]
          const gone = related.filter((each) => !keys.includes(valuesOf(each)[this.#key.meta.pk.attribute]))
          await this.remove(
            row,
            gone.map((each) => valuesOf(each)[this.#key.meta.pk.attribute]),
            gone,
            options,
          )
        }
        await this.add(row, keys, given, options)
      },
      { savepoint: false },
    )
  }

  create(row: Row, values: object, insert: (values: object) => Promise<unknown>): Promise<unknown> {
    return insert({ ...values, [this.#key.name]: row })
  }
}
