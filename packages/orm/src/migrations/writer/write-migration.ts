import type { Migration, MigrationKey } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import { defaultImports, type ImportPaths, Imports } from './imports.ts'
import { quoted, ValueWriter } from './serialize-value.ts'

/** The source of a migration file: small, typed, the same for the same changes. */
export function writeMigration(migration: Migration, paths: ImportPaths = defaultImports): string {
  const imports = new Imports(paths)
  const values = new ValueWriter(imports, migration.app)
  const define = imports.migrations('defineMigration')
  const lines = heading(migration, imports, values)
  const operations = migration.operations.map((operation) => `    ${writeOperation(operation, imports, values)},\n`)
  lines.push(operations.length === 0 ? '  operations: [],' : `  operations: [\n${operations.join('')}  ],`)
  return `${imports}\nexport default ${define}({\n${lines.join('\n')}\n})\n`
}

/** What the migration says beside its operations; what goes without saying is left out. */
function heading(migration: Migration, imports: Imports, values: ValueWriter): string[] {
  const { initial, replaces, dependencies, runBefore, atomic } = migration
  const named = (property: string, keys: readonly MigrationKey[]) => writeKeys(property, keys, imports, values)
  return [
    ...(initial === undefined ? [] : [`  initial: ${initial},`]),
    ...named('replaces', replaces),
    ...named('dependencies', dependencies),
    ...named('runBefore', runBefore),
    ...(atomic ? [] : ['  atomic: false,']),
  ]
}

function writeKeys(property: string, keys: readonly MigrationKey[], imports: Imports, values: ValueWriter): string[] {
  if (keys.length === 0) return []
  const parts = keys.map((key) => () => writeKey(key, imports))
  return [`  ${property}: ${values.list('[', parts, ']', { indent: 2, taken: property.length + 5 })},`]
}

function writeKey({ app, name, swappable }: MigrationKey, imports: Imports): string {
  if (swappable === undefined) return `[${quoted(app)}, ${quoted(name)}]`
  return `${imports.migrations('swappableDependency')}(${quoted(swappable)})`
}

function writeOperation(operation: Operation, imports: Imports, values: ValueWriter): string {
  const name = imports.migrations(operation.factory)
  if (operation.factory === 'createModel') return writeCreateModel(name, operation.arguments, values)
  const parts = operation.arguments.map(
    (argument) => (at: { indent: number; taken: number }) => values.write(argument, at),
  )
  return values.list(`${name}(`, parts, ')', { indent: 4, taken: 5 })
}

/** The fields stand one a line, however few they are: that is what a reviewer reads. */
function writeCreateModel(name: string, [model, fields, options]: readonly unknown[], values: ValueWriter): string {
  const lines = Object.entries(fields as Record<string, object>).map(([field, declaration]) => {
    const start = `      ${field}: `
    return `${start}${values.write(declaration, { indent: 6, taken: start.length + 1 })},\n`
  })
  const head = `${name}(${quoted(String(model))}, {\n${lines.join('')}    }`
  if (options === undefined) return `${head})`
  const body = lines.map((line) => line.replace(/^/gm, '  ').trimEnd()).join('\n')
  const rest = values.write(options, { indent: 6, taken: 7 })
  return `${name}(\n      ${quoted(String(model))},\n      {\n${body}\n      },\n      ${rest},\n    )`
}
