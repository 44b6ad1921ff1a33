import type { Vendor } from '../backends/database.ts'
import type { InspectedTable } from '../backends/inspected-table.ts'
import { classNames } from './class-names.ts'
import { draftModel, type TableContext } from './draft-model.ts'
import type { ModelDraft } from './model-draft.ts'
import { PropertyNames } from './property-names.ts'
import { relationsOf } from './relations-of.ts'
import { keyOfTable } from './table-key.ts'

export interface DraftOptions {
  /** The label of the app that the models will be of. */
  readonly app: string
  /** Whether its name stands in front of those of the tables, and not of the classes. */
  readonly prefixed: boolean
  readonly vendor: Vendor
  /** Whether the migrations are to make these tables: what is unique by an index is told by that index. */
  readonly managed: boolean
  /** The classes of tables that have one already. */
  readonly known: ReadonlyMap<string, string>
}

/** The models of tables, in the order of the tables. `all` are those of the database: keys of others say how wide a key is. */
export function draftModels(
  tables: readonly InspectedTable[],
  all: readonly InspectedTable[],
  options: DraftOptions,
): ModelDraft[] {
  const { vendor, app, prefixed, managed, known } = options
  const classes = classNames(
    tables.map(({ schema }) => schema.name),
    prefixed ? app : undefined,
    known,
  )
  const keys = new Map(tables.map((table) => [table.schema.name, keyOfTable(table, vendor)]))
  return tables.map((table) => {
    const key = keys.get(table.schema.name)!
    const relations = relationsOf(table, { app, classes, keys, managed })
    const columns = table.schema.columns.map(({ name }) => ({ column: name, target: relations.get(name)?.target }))
    const context: TableContext = {
      vendor,
      key,
      relations,
      className: classes.get(table.schema.name)!,
      keyType: keyTypeOf(table, all),
      names: new PropertyNames(columns, key.columns.length > 0),
    }
    return draftModel(table, context)
  })
}

/** The type of the columns that lead to a table's key: SQLite's own keys are of one type, whatever the model says. */
function keyTypeOf({ schema }: InspectedTable, all: readonly InspectedTable[]): string | undefined {
  const types = all.flatMap((table) =>
    table.foreignKeys
      .filter((key) => key.table === schema.name && key.columns.length === 1)
      .map((key) => table.schema.columns.find(({ name }) => name === key.columns[0])?.type),
  )
  const [type] = types
  return types.every((other) => other === type) ? type : undefined
}
