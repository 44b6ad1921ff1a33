import { ImproperlyConfigured } from '@nuages/foundation'
import { bigAuto } from '../fields/auto-field.ts'
import { Field, snakeCase } from '../fields/field.ts'
import { FileField } from '../fields/files/file-field.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import { ManyToManyField } from '../relations/many-to-many.ts'
import { ReverseField } from '../relations/reverse.ts'
import type { Index, UniqueConstraint } from './constraints.ts'
import type { ModelRegistry } from './model-registry.ts'

/** What a model declares beside its fields. */
export interface MetaOptions {
  /** The table, where it is not `<app>_<model>`. */
  readonly table?: string
  readonly ordering?: readonly string[]
  readonly constraints?: readonly UniqueConstraint[]
  readonly indexes?: readonly Index[]
  readonly verboseName?: string
  readonly verboseNamePlural?: string
  /** `false`: the migrations leave the table alone. */
  readonly managed?: boolean
  /** What users may be permitted beside `defaultPermissions`: pairs of a code and a sentence for people. */
  readonly permissions?: readonly (readonly [codename: string, name: string])[]
  /** What users may be permitted to do with rows: `add`, `change`, `delete` and `view` where it is left out. */
  readonly defaultPermissions?: readonly string[]
}

export type Relation = ForeignKeyField | ManyToManyField | ReverseField

/** A model class as the parts below it see it: made without arguments, or by the hydrator. */
export type RuntimeModel = {
  new (values?: object): object
  readonly prototype: object
  readonly meta: ModelMeta
}

export interface MetaInit {
  readonly appLabel: string
  readonly name: string
  readonly declared: object
  readonly options: MetaOptions
  readonly registry: ModelRegistry
  readonly model: RuntimeModel
  /** Made by the ORM itself: the table of a many-to-many. */
  readonly autoCreated?: boolean
}

/** Everything known about one model: what Django keeps in `_meta`. */
export class ModelMeta {
  readonly appLabel: string
  /** The class's name: `'Post'`. */
  readonly name: string
  /** In lower case: `'post'`. */
  readonly modelName: string
  readonly table: string
  readonly options: MetaOptions
  readonly ordering: readonly string[]
  readonly registry: ModelRegistry
  readonly model: RuntimeModel
  readonly autoCreated: boolean
  readonly pk: Field
  /** The fields that have a column, in the order they were declared, the key that was not declared first. */
  readonly fields: readonly Field[]
  /** Those of `fields` whose values are files. */
  readonly fileFields: readonly FileField[]
  readonly manyToMany: readonly ManyToManyField[]
  readonly reverses: readonly ReverseField[]
  /** SQL compiled for this model, by the shape of the query. */
  readonly compiled = new Map<string, unknown>()
  readonly #byName = new Map<string, Field | ManyToManyField | ReverseField>()
  readonly #byAttribute = new Map<string, Field>()

  constructor(init: MetaInit) {
    this.appLabel = init.appLabel
    this.name = init.name
    this.modelName = init.name.toLowerCase()
    this.options = init.options
    this.table = init.options.table ?? `${init.appLabel}_${this.modelName}`
    this.ordering = init.options.ordering ?? []
    this.registry = init.registry
    this.model = init.model
    this.autoCreated = init.autoCreated ?? false

    const declared = readFields(init.name, init.declared)
    const fields: Field[] = []
    const manyToMany: ManyToManyField[] = []
    const reverses: ReverseField[] = []
    for (const [name, member] of declared) {
      const bound = member instanceof Field ? member.bind(name) : member.bind(name, this)
      if (bound instanceof ForeignKeyField) bound.meta = this
      if (bound instanceof Field) fields.push(bound)
      else if (bound instanceof ManyToManyField) manyToMany.push(bound)
      else reverses.push(bound)
      this.#byName.set(name, bound)
    }
    const keys = fields.filter((field) => field.primaryKey)
    if (keys.length > 1) {
      throw new ImproperlyConfigured(
        `${this.name} has two primary keys, '${keys[0]!.name}' and '${keys[1]!.name}': a model has one.`,
      )
    }
    this.pk = keys[0] ?? this.#addKey(fields)
    this.fields = fields
    this.fileFields = fields.filter((field) => field instanceof FileField)
    this.manyToMany = manyToMany
    this.reverses = reverses
    for (const field of fields) this.#byAttribute.set(field.attribute, field)
  }

  #addKey(fields: Field[]): Field {
    if (this.#byName.has('id')) {
      throw new ImproperlyConfigured(
        `${this.name}.id is not the primary key: give it { primaryKey: true } or another name.`,
      )
    }
    const key = (bigAuto() as unknown as Field).bind('id')
    fields.unshift(key)
    this.#byName.set('id', key)
    return key
  }

  /** `'blog.Post'` */
  get label(): string {
    return `${this.appLabel}.${this.name}`
  }

  get verboseName(): string {
    return this.options.verboseName ?? snakeCase(this.name).replaceAll('_', ' ')
  }

  get verboseNamePlural(): string {
    return this.options.verboseNamePlural ?? `${this.verboseName}s`
  }

  /** The table's indexes beyond those of single fields. */
  get indexes(): readonly Index[] {
    return this.options.indexes ?? []
  }

  get constraints(): readonly UniqueConstraint[] {
    return this.options.constraints ?? []
  }

  /** A field or relation by its name, or by a key's attribute (`'authorId'`), or `'pk'`. */
  member(name: string): Field | ManyToManyField | ReverseField | undefined {
    return this.#byName.get(name) ?? this.#byAttribute.get(name) ?? (name === 'pk' ? this.pk : undefined)
  }

  /** A field with a column, by name, attribute or `'pk'`. */
  field(name: string): Field | undefined {
    const member = this.member(name)
    return member instanceof Field ? member : undefined
  }

  /** A relation by its name. */
  relation(name: string): Relation | undefined {
    const member = this.#byName.get(name)
    return member instanceof Field && !(member instanceof ForeignKeyField) ? undefined : member
  }

  get foreignKeys(): readonly ForeignKeyField[] {
    return this.fields.filter((field) => field instanceof ForeignKeyField)
  }

  /** Every name that a query may start with, in alphabetical order. */
  get names(): readonly string[] {
    return [...this.#byName.keys()].sort()
  }
}

/** Names with two underscores would be taken for paths, and these are the instance's own. */
const reservedNames =
  /__|_$|^pk$|^(?:save|delete|refreshFromDb|fullClean|clean|cleanFields|validateUnique|validateConstraints|equals|constructor|toString|toJSON|then|getDeferredFields|getNextBy|getPreviousBy)$/

function readFields(model: string, declared: object): [string, Field | ManyToManyField | ReverseField][] {
  return Object.keys(declared).map((name) => {
    if (reservedNames.test(name)) {
      throw new ImproperlyConfigured(
        `${model} cannot have a field '${name}': the name is taken by every model, ends with '_' or holds '__'. Choose another.`,
      )
    }
    const member: unknown = (declared as Record<string, unknown>)[name]
    if (member instanceof Field || member instanceof ManyToManyField || member instanceof ReverseField)
      return [name, member]
    throw new ImproperlyConfigured(`${model}.${name} is ${String(member)}, not a field.`)
  })
}
