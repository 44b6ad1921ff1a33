/** What concerns forms, checks and storages alone: a change of these needs no migration. */
const forgotten = new Set([
  'blank',
  'choices',
  'editable',
  'errorMessages',
  'helpText',
  'limitChoicesTo',
  'protocol',
  'relatedName',
  'schema',
  'size',
  'storage',
  'uniqueForDate',
  'uniqueForMonth',
  'uniqueForYear',
  'unpackIpv4',
  'uploadTo',
  'validators',
  'verboseName',
])

/** What these say when they are left out, so that saying it is no difference. */
const silent: Readonly<Record<string, boolean>> = {
  autoNow: false,
  autoNowAdd: false,
  null: false,
  primaryKey: false,
  unique: false,
  dbConstraint: true,
  symmetrical: true,
}

/** Indexed unless told otherwise; the others are not. */
const indexedFactories = new Set(['slug', 'foreignKey'])
const autoFactories = new Set(['smallAuto', 'auto', 'bigAuto'])

/** The options of a field that the database or a historical model knows of, in a stable order. */
export function lastingOptions(factory: string, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const name of Object.keys(given).sort()) {
    const value = given[name]
    if (value === undefined || typeof value === 'function') continue
    if (forgotten.has(name) || silent[name] === value) continue
    if (name === 'dbIndex' && value === indexedFactories.has(factory)) continue
    if (name === 'primaryKey' && autoFactories.has(factory)) continue
    options[name] = value
  }
  return options
}
