import type { Migration, MigrationKey } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import { defaultImports, type ImportPaths, Imports } from './imports.ts'
import { propertyName, quoted, ValueWriter, widest } from './serialize-value.ts'

/** An operation that a file takes out of another migration's, since it has no form that could be written. */
export interface BorrowedOperation {
  /** What the other migration is called in the file. */
  readonly identifier: string
  readonly migration: string
  /** Its file, from that of the new one: `'./0003_fill_slugs.ts'`. */
  readonly file: string
  /** The operation's place there. */
  readonly position: number
}

/**
 * The source of a migration file: small, typed, the same for the same changes. Throws `MigrationError` for an operation that
 * has no form and is not `borrowed`.
 */
export function writeMigration(
  migration: Migration,
  paths: ImportPaths = defaultImports,
  borrowed: ReadonlyMap<Operation, BorrowedOperation> = new Map(),
): string {
  const imports = new Imports(paths)
  const values = new ValueWriter(imports, migration.app)
  const define = imports.migrations('defineMigration')
  const lines = heading(migration, imports, values)
  const operations = migration.operations.map((operation) => {
    const source = borrowed.get(operation)
    return source ? writeBorrowed(source, imports) : `    ${writeOperation(operation, values)},\n`
  })
  lines.push(operationsLines(operations))
  return `${imports}\nexport default ${define}({\n${lines.join('\n')}\n})\n`
}

/** On one line where they fit, as the formatter has it. */
function operationsLines(operations: readonly string[]): string {
  const line = `  operations: [${operations.map((operation) => operation.trim().slice(0, -1)).join(', ')}],`
  return line.length <= widest && !line.includes('\n') ? line : `  operations: [\n${operations.join('')}  ],`
}

/** What the migration says beside its operations; what goes without saying is left out. */
function heading(migration: Migration, imports: Imports, values: ValueWriter): string[] {
  const { initial, replaces, dependencies, runBefore, atomic, considered } = migration
  const named = (property: string, keys: readonly MigrationKey[]) => writeKeys(property, keys, imports, values)
  return [
    ...(initial === undefined ? [] : [`  initial: ${initial},`]),
    ...named('replaces', replaces),
    ...named('dependencies', dependencies),
    ...named('runBefore', runBefore),
    ...(atomic ? [] : ['  atomic: false,']),
    ...(Object.keys(considered).length === 0
      ? []
      : [`  considered: ${values.write(considered, { indent: 2, taken: 15 })},`]),
  ]
}

function writeKeys(property: string, keys: readonly MigrationKey[], imports: Imports, values: ValueWriter): string[] {
  if (keys.length === 0) return []
  const items = keys.map((key) => (key.swappable === undefined ? [key.app, key.name] : key.swappable))
  const write = (item: string | string[]) => () =>
    typeof item === 'string'
      ? `${imports.migrations('swappableDependency')}(${quoted(item)})`
      : values.write(item, flat)
  return [`  ${property}: ${values.array(items, write, { indent: 2, taken: property.length + 5 })},`]
}

const flat = { indent: 0, taken: -Infinity }

function writeBorrowed({ identifier, migration, file, position }: BorrowedOperation, imports: Imports): string {
  const comment = `    // Move the code here from ${migration} before that file is deleted.\n`
  return `${comment}    ${imports.file(identifier, file)}.operations[${position}]!,\n`
}

function writeOperation(operation: Operation, values: ValueWriter): string {
  if (operation.factory === 'createModel' && Object.keys(operation.arguments[1] as object).length > 0) {
    return writeCreateModel(operation, values)
  }
  return values.write(operation, { indent: 4, taken: 5 })
}

/** The fields stand one a line, however few they are: that is what a reviewer reads. */
function writeCreateModel({ factory, arguments: [model, fields, options] }: Operation, values: ValueWriter): string {
  const indent = options === undefined ? 6 : 8
  const lines = Object.entries(fields as Record<string, object>).map(([field, declaration]) => {
    const start = `${' '.repeat(indent)}${propertyName(field)}: `
    return `${start}${values.write(declaration, { indent, taken: start.length + 1 })},\n`
  })
  const open = `${values.operation(factory)}(`
  if (options === undefined) return `${open}${quoted(String(model))}, {\n${lines.join('')}    })`
  const rest = values.write(options, { indent: 6, taken: 7 })
  return `${open}\n      ${quoted(String(model))},\n      {\n${lines.join('')}      },\n      ${rest},\n    )`
}
