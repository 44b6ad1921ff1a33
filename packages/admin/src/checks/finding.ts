import { type CheckMessage, didYouMean } from '@nuages/foundation'
import { Field, ForeignKeyField, ManyToManyField, type ModelMeta } from '@nuages/orm'

/** Gathers what is wrong with the options of one model. Ids are Django's where the finding is Django's. */
export class Findings {
  readonly meta: ModelMeta
  readonly found: CheckMessage[] = []
  readonly #object: string

  constructor(meta: ModelMeta, object: string) {
    this.meta = meta
    this.#object = object
  }

  add(id: string, message: string, hint?: string): void {
    const finding = { level: 'error', id: `admin.${id}`, message, object: this.#object } as const
    this.found.push(hint === undefined ? finding : { ...finding, hint })
  }

  /** Notes names of an option that the model does not have. */
  unknownNames(id: string, option: string, names: readonly string[]): void {
    for (const name of names) {
      if (this.meta.member(name) !== undefined) continue
      this.add(
        id,
        `${option} names '${name}', which is no field of ${this.meta.name}.${didYouMean(name, this.meta.names)}`,
      )
    }
  }

  /** Notes names that stand there twice. */
  repeated(id: string, option: string, names: readonly string[]): void {
    const twice = names.filter((name, index) => names.indexOf(name) !== index)
    if (twice.length > 0) this.add(id, `${option} names '${twice[0]}' twice.`)
  }

  /** Notes what `act` throws as a finding. */
  trying(id: string, act: () => unknown): void {
    try {
      act()
    } catch (error) {
      this.add(id, (error as Error).message)
    }
  }

  isRelation(name: string): boolean {
    const member = this.meta.member(name)
    return member instanceof ForeignKeyField || member instanceof ManyToManyField
  }

  isColumn(name: string): boolean {
    return this.meta.member(name) instanceof Field
  }
}
