import { withArticle } from '@nuages/foundation'
import { Field } from '../../fields/field.ts'
import type { Expression } from '../../query/expressions/expression.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { ManyToManyField } from '../../relations/many-to-many.ts'
import { MigrationError } from '../errors.ts'
import { noop } from '../operations/noop.ts'
import { isOperation } from '../operations/operation.ts'
import { callOf, isExpressionPart } from '../state/expression-call.ts'
import { type FieldDeclaration, fieldState, targetOf } from '../state/field-state.ts'
import type { Imports } from './imports.ts'

/** How long a line may be. */
export const widest = 120

/** Where a value stands in the file, which decides whether it fits on one line. */
interface Place {
  readonly indent: number
  /** What else the line holds. */
  readonly taken: number
}

/** Writes values as TypeScript, noting what they need imported. Throws `MigrationError` for what has no such form. */
export class ValueWriter {
  readonly #imports: Imports
  readonly #model: { app: string; name: string }

  constructor(imports: Imports, app: string) {
    this.#imports = imports
    this.#model = { app, name: '' }
  }

  write(value: unknown, place: Place): string {
    if (typeof value === 'string') return quoted(value)
    if (typeof value === 'bigint') return `${value}n`
    if (value === noop) return this.#imports.migrations('noop')
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
    if (value === null || value === undefined || typeof value === 'boolean') return String(value)
    if (typeof value !== 'object') {
      throw new MigrationError(
        `A migration cannot hold ${withArticle(typeof value)}: ${String(value).slice(0, 80)}. ${whatItHolds}`,
      )
    }
    if (isOperation(value)) return this.#call(this.operation(value.factory), value.arguments, place)
    if (isDeclaration(value)) return this.field(value, place)
    if (isExpressionPart(value)) return this.#expression(value, place)
    if (Array.isArray(value)) return this.array(value, (item) => this.#later(item), place)
    if (value instanceof Uint8Array) return `Uint8Array.fromBase64(${quoted(value.toBase64())})`
    const special = this.#special(value)
    if (special !== undefined) return special
    return this.object(value as Record<string, unknown>, place)
  }

  /** The function that makes an operation, imported. */
  operation(factory: string): string {
    return this.#imports.migrations(factory)
  }

  /** Several lists or objects of several entries stand one a line, however short they are. */
  array<T>(items: readonly T[], write: (item: T) => (at: Place) => string, place: Place): string {
    const isBroken =
      items.length > 1 && items.every((item) => sizeOf(item) > 1) && new Set(items.map(Array.isArray)).size === 1
    return this.list('[', items.map(write), ']', isBroken ? { ...place, taken: Infinity } : place)
  }

  object(value: Readonly<Record<string, unknown>>, place: Place): string {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    if (entries.length === 0) return '{}'
    const parts = entries.map(([key, item]) => (at: Place) => {
      const name = `${propertyName(key)}: `
      const written = this.#option(key, item, { ...at, taken: at.taken + name.length })
      const isLong = typeof item === 'string' && at.taken + name.length + written.length > widest
      return isLong ? `${name.trimEnd()}\n${' '.repeat(at.indent + 2)}${written}` : name + written
    })
    return this.list('{ ', parts, ' }', place)
  }

  /** A field as the call that makes it. */
  field(declaration: FieldDeclaration, place: Place): string {
    const state = fieldState(declaration, this.#model)
    const { to: _, of, names, ...options } = state.options
    const target = targetOf(state)
    const name = this.#imports.orm(state.factory)
    const parts: ((at: Place) => string)[] = target === undefined ? [] : [() => this.#target(target, state.swappable)]
    for (const name of (names as readonly string[] | undefined) ?? []) parts.push(() => quoted(name))
    if (of !== undefined) parts.push(this.#later(of))
    if (Object.keys(options).length > 0) parts.push((at) => this.object(options, at))
    return this.list(`${name}(`, parts, ')', place)
  }

  /** Parts on one line where they fit, else one a line. */
  list(open: string, parts: readonly ((at: Place) => string)[], close: string, place: Place): string {
    const flat = parts.map((part) => part({ indent: place.indent, taken: -Infinity })).join(', ')
    const line = `${open}${flat}${close}`
    if (place.taken + line.length <= widest && !line.includes('\n')) return line
    // A call whose last argument is an object is broken inside the object.
    const head = parts.slice(0, -1).map((part) => `${part({ indent: place.indent, taken: -Infinity })}, `)
    const isHugged = open.endsWith('(') && flat.slice(head.join('').length).startsWith('{')
    if (isHugged && !head.at(-1)?.startsWith('{') && place.taken + open.length + head.join('').length < widest) {
      return open + head.join('') + parts.at(-1)!({ indent: place.indent, taken: Infinity }) + close
    }
    const indent = place.indent + 2
    const lines = parts.map((part) => `${' '.repeat(indent)}${part({ indent, taken: indent + 1 })},\n`)
    return `${open.trimEnd()}\n${lines.join('')}${' '.repeat(place.indent)}${close.trimStart()}`
  }

  #target(label: string, setting: string | undefined): string {
    return setting === undefined ? quoted(label) : `${this.#imports.orm('swappable')}(${quoted(setting)})`
  }

  #option(key: string, value: unknown, place: Place): string {
    if (key === 'onDelete' && typeof value === 'string') return this.#imports.orm(value)
    return this.write(value, place)
  }

  /** An expression as the call that makes it, or as a method of another. */
  #expression(value: object, place: Place): string {
    const { name, args, of } = callOf(value as Expression)
    if (of === undefined) return this.#call(this.#imports.orm(name), args, place)
    const start = this.write(of, { indent: place.indent, taken: -Infinity })
    return this.#call(`${start}.${name}`, args, place)
  }

  #call(name: string, args: readonly unknown[], place: Place): string {
    const parts = args.map((arg) => this.#later(arg))
    return this.list(`${name}(`, parts, ')', place)
  }

  #later(value: unknown): (at: Place) => string {
    return (at) => this.write(value, at)
  }

  #special(value: object): string | undefined {
    const kind = Object.prototype.toString.call(value).slice(8, -1)
    if (kind.startsWith('Temporal.')) return `${kind}.from(${quoted(String(value))})`
    if (value.constructor?.name === 'Decimal') return `new ${this.#imports.orm('Decimal')}(${quoted(String(value))})`
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null) return undefined
    throw new MigrationError(`A migration cannot hold a value of ${value.constructor?.name ?? kind}. ${whatItHolds}`)
  }
}

const whatItHolds = 'It takes plain data, bytes, Temporal values, decimals, fields and expressions.'

function isDeclaration(value: unknown): value is FieldDeclaration {
  return value instanceof Field || value instanceof ForeignKeyField || value instanceof ManyToManyField
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  return isPlain && !isOperation(value) ? Object.keys(value).length : 0
}

/** Text as the formatter writes it: in the quotes that need fewer backslashes, single ones where it is all the same. */
export function quoted(text: string): string {
  const json = JSON.stringify(text).slice(1, -1)
  const [single, double] = [text.split("'").length, text.split('"').length]
  if (single > double) return `"${json}"`
  return `'${json.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** A name that is none in the language stands in quotes; the one that would set the prototype is computed. */
export function propertyName(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : quoted(name)
}
