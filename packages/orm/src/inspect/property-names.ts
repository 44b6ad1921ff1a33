import { ModelInstance } from '../models/model-instance.ts'
import { isReservedName } from '../models/model-meta.ts'
import { camelCase, isIdentifier } from './words.ts'

/** A column, and the class that it leads to where it is the key of another row. */
export interface NamedColumn {
  readonly column: string
  readonly target?: string | undefined
}

/**
 * The properties of a model, by their columns. A key gives two, `author` and `authorId`; what has a column of its own comes first,
 * and a key whose name is taken is an `authorRef`. `hasKey` says whether a primary key is among them: else `id` is the key's.
 */
export class PropertyNames {
  readonly #byColumn = new Map<string, string>()
  readonly #used = new Set<string>()

  constructor(columns: readonly NamedColumn[], hasKey: boolean) {
    if (!hasKey) this.#used.add('id')
    for (const { column, target } of columns) if (target === undefined) this.#byColumn.set(column, this.#plain(column))
    for (const { column, target } of columns) {
      if (target !== undefined) this.#byColumn.set(column, this.#relation(column, target))
    }
  }

  of(column: string): string {
    return this.#byColumn.get(column)!
  }

  /** A name for one more property: the other side of a relation. */
  add(name: string): string {
    return this.#unused([name], (one) => [one])
  }

  #plain(column: string): string {
    const camel = camelCase(column)
    const name = camel === '' ? 'field' : isIdentifier(camel) ? camel : `number${camel}`
    return this.#unused([name, `${name}Field`], (one) => [one])
  }

  /** The property and the attribute that holds the key: both are the instance's. */
  #relation(column: string, target: string): string {
    const bare = camelCase(column.replace(/(?:_id|(?<=[a-z\d])Id|_ID)$/, ''))
    const own = isIdentifier(bare) && bare !== 'id' ? bare : camelCase(target)
    return this.#unused([own, `${own}Ref`], (one) => [one, `${one}Id`])
  }

  #unused(candidates: readonly string[], all: (name: string) => string[]): string {
    const isFree = (name: string) => all(name).every((each) => !this.#used.has(each) && !isTaken(each))
    let found = candidates.find(isFree)
    for (let n = 2; found === undefined; n++) found = [`${candidates.at(-1)!}${n}`].find(isFree)
    for (const each of all(found)) this.#used.add(each)
    return found
  }
}

/** Whether every model, or every object, has something of that name. */
function isTaken(name: string): boolean {
  return isReservedName(name) || name in ModelInstance.prototype
}
