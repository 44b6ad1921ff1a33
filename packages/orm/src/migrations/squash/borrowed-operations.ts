import { MigrationError } from '../errors.ts'
import type { Migration } from '../migration.ts'
import { isOperation, type Operation } from '../operations/operation.ts'
import { ownFactories } from '../operations/own-factories.ts'
import { type ImportPaths, Imports } from '../writer/imports.ts'
import { ValueWriter } from '../writer/serialize-value.ts'
import type { BorrowedOperation } from '../writer/write-migration.ts'

/**
 * The operations that a new file takes out of the old ones, since they cannot be written down: code, and what is not this
 * package's. `fileOf` is the file of a migration by its name.
 */
export function borrowedOperations(
  operations: readonly Operation[],
  sources: readonly Migration[],
  fileOf: (migration: Migration) => string,
): ReadonlyMap<Operation, BorrowedOperation> {
  const borrowed = new Map<Operation, BorrowedOperation>()
  for (const operation of operations) {
    if (canBeWritten(operation)) continue
    const source = sources.find((migration) => migration.operations.includes(operation))
    if (!source) {
      throw new MigrationError(
        `'${operation.description}' cannot be written down, and is in none of the migrations' files.`,
      )
    }
    const position = source.operations.indexOf(operation)
    borrowed.set(operation, {
      identifier: identifierOf(source),
      migration: source.name,
      file: `./${fileOf(source)}`,
      position,
    })
  }
  return borrowed
}

/** What has a form in a file of its own: the writer says. */
function canBeWritten(operation: Operation): boolean {
  if (!isOwn(operation)) return false
  try {
    new ValueWriter(new Imports(nowhere), '').write(operation, { indent: 0, taken: 0 })
    return true
  } catch (error) {
    if (error instanceof MigrationError) return false
    throw error
  }
}

/** Whether the functions that make it and those in it are this package's. */
function isOwn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (isOperation(value)) return ownFactories.has(value.factory) && value.arguments.every(isOwn)
  return Object.getPrototypeOf(value) !== Object.prototype && !Array.isArray(value)
    ? true
    : Object.values(value).every(isOwn)
}

const nowhere: ImportPaths = { orm: '', migrations: '' }

/** `0003_fill_slugs` is `fillSlugs0003`: with the number it is no other name in the file. */
function identifierOf({ name }: Migration): string {
  const [, number = '', words = ''] = /^(\d*)_?(.*)$/.exec(name)!
  const camelCase = words.toLowerCase().replace(/[^a-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())
  return `${/^[a-z]/.test(camelCase) ? camelCase : `migration${camelCase}`}${number || 'Migration'}`
}
