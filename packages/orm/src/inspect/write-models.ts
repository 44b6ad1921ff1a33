import { ArrayField } from '../fields/array-field.ts'
import { AutoField } from '../fields/auto-field.ts'
import type { Choice } from '../fields/choices.ts'
import { CompositeKeyField } from '../fields/composite-key-field.ts'
import type { Field } from '../fields/field.ts'
import { Imports } from '../migrations/writer/imports.ts'
import { quoted, ValueWriter } from '../migrations/writer/serialize-value.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import type { FieldDraft, ModelDraft, ReverseDraft } from './model-draft.ts'

/** A model with all that is decided of it. */
export interface WrittenModel extends ModelDraft {
  readonly reverses: readonly ReverseDraft[]
  readonly managed: boolean
}

/** Where a module finds what it does not have: the ORM, and models by their classes. */
export interface ModelImports {
  readonly orm: string
  readonly models: ReadonlyMap<string, string>
}

/** The source of a module with these models. */
export function writeModels(models: readonly WrittenModel[], head: readonly string[], paths: ModelImports): string {
  const writer = new ModelWriter(paths.orm)
  const classes = models.map((model) => writer.model(model))
  const comment = head
    .flatMap(wrapped)
    .map((line) => `// ${line}\n`)
    .join('')
  // A file that exports nothing is no module.
  if (classes.length === 0) return `${comment}\nexport {}\n`
  const modules = new Map([[paths.orm, String(writer.imports)], ...importsOf(models, paths.models)])
  const imports = [...modules].sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1)).map(([, text]) => text)
  return `${comment}${imports.join('')}\n${classes.join('\n')}`
}

/** Packages stand before files, as the formatter has them. */
function rank(path: string): string {
  return (path.startsWith('.') ? '1' : '0') + path
}

/** The models of other modules that these lead to, by module. */
function importsOf(models: readonly WrittenModel[], paths: ReadonlyMap<string, string>): [string, string][] {
  const own = new Set(models.map(({ className }) => className))
  const targets = new Set(models.flatMap(({ fields }) => fields.flatMap(({ target }) => target ?? [])))
  const foreign = [...targets].filter((name) => !own.has(name) && paths.has(name)).sort()
  const byPath = Map.groupBy(foreign, (name) => paths.get(name)!)
  return [...byPath].map(([path, names]) => [path, `import { ${names.join(', ')} } from ${quoted(path)}\n`])
}

class ModelWriter {
  readonly imports: Imports
  readonly #values: ValueWriter

  constructor(orm: string) {
    this.imports = new Imports({ orm, migrations: '' })
    this.#values = new ValueWriter(this.imports, '')
  }

  model({ className, table, fields, reverses, notes, managed, indexes, constraints }: WrittenModel): string {
    const model = this.imports.orm('Model')
    const manager = this.imports.orm('manager')
    const lines = [...fields.map((field) => this.#member(field)), ...reverses.map((reverse) => this.#reverse(reverse))]
    const { name, comment } = table.schema
    const options = {
      table: name,
      ...(comment === undefined ? {} : { tableComment: comment }),
      ...(managed ? {} : { managed: false }),
      ...(indexes.length > 0 ? { indexes } : {}),
      ...(constraints.length > 0 ? { constraints } : {}),
    }
    return (
      `${notes.map((note) => `// ${oneLine(note)}\n`).join('')}export class ${className} extends ${model}(\n` +
      `  ${lines.length > 0 ? `{\n${lines.join('')}  }` : '{}'},\n  ${this.#values.write(options, { indent: 2, taken: 3 })},\n) {\n` +
      `  static objects = ${manager}(${className})\n}\n`
    )
  }

  #member({ name, field, target, notes }: FieldDraft): string {
    const comment = notes.map((note) => `    // ${oneLine(note)}\n`).join('')
    if (field instanceof ForeignKeyField) {
      const call = this.#call(field, [target!], { indent: 6, taken: 13 })
      return `${comment}    get ${name}() {\n      return ${call}\n    },\n`
    }
    const start = `    ${name}: `
    return `${comment}${start}${this.#call(field, [], { indent: 4, taken: start.length + 1 })},\n`
  }

  #reverse({ name, target, via }: ReverseDraft): string {
    return `    get ${name}() {\n      return ${this.imports.orm('reverse')}(${target}, ${quoted(via)})\n    },\n`
  }

  /** A field as the call that makes it: with its choices, which migrations leave out. */
  #call(field: Field, first: readonly string[], place: { indent: number; taken: number }): string {
    const name = this.imports.orm(field.factory)
    const values = this.#values
    const parts: ((at: { indent: number; taken: number }) => string)[] = first.map((text) => () => text)
    if (field instanceof CompositeKeyField) parts.push(...field.names.map((part) => () => quoted(part)))
    if (field instanceof ArrayField) parts.push((at) => this.#call(field.of, [], at))
    const options = Object.entries(field.options)
      .filter(([key]) => !(key === 'primaryKey' && field instanceof AutoField))
      .map(([key, value]) => [key, key === 'choices' ? labels(value as readonly Choice[]) : value] as const)
    if (options.length > 0) parts.push((at) => values.object(Object.fromEntries(options), at))
    return values.list(`${name}(`, parts, ')', place)
  }
}

/** Choices as an object of labels, where their values keep their places in one. */
function labels(choices: readonly Choice[]): unknown {
  return choices.some(([value]) => /^\d+$/.test(String(value))) ? choices : Object.fromEntries(choices)
}

/** A sentence in lines as long as those of the file. */
function wrapped(text: string): string[] {
  return text.match(/.{1,117}(?:\s|$)/g)?.map((line) => line.trimEnd()) ?? []
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
