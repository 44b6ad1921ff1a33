import { isIdentifier, pascalCase } from './words.ts'

/** What the file itself names, and what a class of the language is called. */
const taken = new Set(
  (
    'Model RawSQL F Now Decimal Temporal Object Function String Number Boolean Symbol BigInt Array Date Map Set WeakMap ' +
    'WeakSet Promise Proxy Error RegExp JSON Math Record Readonly Partial Iterator Uint8Array ArrayBuffer'
  ).split(' '),
)

/**
 * The class of each table, by the name of the table: its own in the spelling of classes, without the label of the app in front.
 * No two are alike, whatever their capitals: models are found by label without them. `known` are classes that there are.
 */
export function classNames(
  tables: readonly string[],
  app: string | undefined,
  known: ReadonlyMap<string, string>,
): Map<string, string> {
  const used = new Set([...known.values()].map((name) => name.toLowerCase()))
  const names = new Map(known)
  for (const table of tables) {
    if (names.has(table)) continue
    const base = className(table, app)
    let name = base
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${base}${n}`
    used.add(name.toLowerCase())
    names.set(table, name)
  }
  return names
}

function className(table: string, app: string | undefined): string {
  const prefix = app === undefined ? '' : `${app}_`
  const own = table.toLowerCase().startsWith(prefix.toLowerCase()) ? table.slice(prefix.length) : table
  const name = pascalCase(own) || pascalCase(table)
  if (!isIdentifier(name)) return `Table${name}`
  return taken.has(name) ? `${name}Table` : name
}
