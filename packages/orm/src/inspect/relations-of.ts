import type { InspectedTable, KeySchema } from '../backends/inspected-table.ts'
import type { TableKey } from './table-key.ts'

export interface RelationInput {
  readonly app: string
  /** The classes of the models that are written, by table. */
  readonly classes: ReadonlyMap<string, string>
  readonly keys: ReadonlyMap<string, TableKey>
  readonly managed: boolean
}

/** What a column leads to: the key of a model that is written. */
export interface FoundRelation {
  readonly label: string
  readonly target: string
  readonly key: KeySchema
  /** No two rows lead to the same, by an index of its own. */
  readonly isOne: boolean
}

/** The columns that lead to the primary key of a model. Of two keys in one column the first one counts. */
export function relationsOf(table: InspectedTable, input: RelationInput): Map<string, FoundRelation> {
  const relations = new Map<string, FoundRelation>()
  for (const key of table.foreignKeys) {
    const [column] = key.columns
    const target = input.classes.get(key.table)
    const targetKey = input.keys.get(key.table)?.columns
    const isGenerated = table.schema.columns.some(({ name, generated }) => name === column && generated !== undefined)
    if (column === undefined || key.columns.length > 1 || target === undefined || isGenerated) continue
    if (targetKey?.length !== 1 || targetKey[0] !== key.targets[0] || relations.has(column)) continue
    const isOne = !input.managed && hasUniqueIndex(table, column)
    relations.set(column, { label: `${input.app}.${target}`, target, key, isOne })
  }
  return relations
}

function hasUniqueIndex({ schema }: InspectedTable, column: string): boolean {
  const { indexes, uniques } = schema
  const isAlone = (columns: readonly string[]) => columns.length === 1 && columns[0] === column
  return (
    uniques.some(({ columns }) => isAlone(columns)) ||
    indexes.some(
      ({ unique, condition, columns }) =>
        unique && condition === undefined && !columns[0]?.isExpression && isAlone(columns.map(({ name }) => name)),
    )
  )
}
