import type { SchemaTarget } from '../schema-editor.ts'
import { type IncomingKey, patternIndexes } from './catalog.ts'
import { isText } from './change-type.ts'
import { quoteName, storedName } from './quote.ts'

/**
 * The columns of foreign keys that took another type together with the column they lead to. Their own tables are altered
 * after that one, and then find this part of their change done.
 */
export class FollowedKeys {
  readonly #types = new Map<string, string>()
  readonly #droppedIndexes = new Set<string>()

  /** Notes it, and drops the index of a key for patterns where the new type has none. */
  async follow(target: SchemaTarget, key: IncomingKey, to: string): Promise<void> {
    this.#types.set(place(key.tableName, key.column), to)
    if (isText(to)) return
    for (const index of await patternIndexes(target, key.table, key.column)) {
      await target.run(`DROP INDEX ${quoteName(index)}`)
      this.#droppedIndexes.add(index)
    }
  }

  hasType(table: string, column: string, type: string): boolean {
    return this.#types.get(place(table, column)) === type
  }

  hasDropped(index: string): boolean {
    return this.#droppedIndexes.has(storedName(index))
  }
}

function place(table: string, column: string): string {
  return JSON.stringify([storedName(table), storedName(column)])
}
