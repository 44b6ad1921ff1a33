import { ImproperlyConfigured } from '@nuages/foundation'
import { type Text, textOf } from '@nuages/i18n'
import { bigAuto } from '../fields/auto-field.ts'
import { CompositeKeyField } from '../fields/composite-key-field.ts'
import { Field, snakeCase, type Vendor } from '../fields/field.ts'
import { FileField } from '../fields/files/file-field.ts'
import { noteSearchIndex } from '../lookups/search-index.ts'
import type { Expression, OrderBy } from '../query/expressions/expression.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import { ManyToManyField } from '../relations/many-to-many.ts'
import { ReverseField } from '../relations/reverse.ts'
import type { Constraint, Index } from './constraints.ts'
import { readMetaOptions } from './meta-options.ts'
import type { ModelRegistry } from './model-registry.ts'
import { swapOf } from './swaps.ts'

/** What a model declares beside its fields. */
export interface MetaOptions {
  /** The table, where it is not `<app>_<model>`. */
  readonly table?: string
  /** What PostgreSQL tells people of the table. Django's `db_table_comment`. */
  readonly tableComment?: string
  readonly ordering?: readonly (string | Expression | OrderBy)[]
  /** What `latest()` and `earliest()` go by where they are told nothing. */
  readonly getLatestBy?: string | readonly string[]
  readonly constraints?: readonly Constraint[]
  readonly indexes?: readonly Index[]
  readonly verboseName?: Text
  readonly verboseNamePlural?: Text
  /** Set by `AbstractModel`: it has no table, and no app registers it. */
  readonly abstract?: boolean
  /** `false`: the migrations leave the table alone. */
  readonly managed?: boolean
  /** The setting by which a project puts a model of its own in this one's place: `'authUserModel'`. */
  readonly swappable?: string
  /** The database that the model needs: migrations of others leave it out. Django's `required_db_vendor`. */
  readonly requiredDbVendor?: Vendor
  /** What users may be permitted beside `defaultPermissions`: pairs of a code and a sentence for people. */
  readonly permissions?: readonly (readonly [codename: string, name: string])[]
  /** What users may be permitted to do with rows: `add`, `change`, `delete` and `view` where it is left out. */
  readonly defaultPermissions?: readonly string[]
}

type Member = Field | ManyToManyField | ReverseField

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
  /** The model whose table and fields it shares. */
  readonly proxyFor?: ModelMeta | undefined
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
  readonly ordering: readonly (string | Expression | OrderBy)[]
  readonly registry: ModelRegistry
  readonly model: RuntimeModel
  readonly autoCreated: boolean
  /** The model whose table and fields this one shares: it only looks at them in another way. */
  readonly proxyFor: ModelMeta | undefined
  /** The primary key; one of several fields is none of `fields`. */
  readonly pk: Field
  /** The fields that have a column, in the order they were declared, the key that was not declared first. */
  readonly fields: readonly Field[]
  /** Those of `fields` whose values are files. */
  readonly fileFields: readonly FileField[]
  readonly manyToMany: readonly ManyToManyField[]
  readonly reverses: readonly ReverseField[]
  /** SQL compiled for this model, by the shape of the query. */
  readonly compiled = new Map<string, Map<string, Map<string, unknown>>>()
  readonly #byName = new Map<string, Member>()
  readonly #byAttribute = new Map<string, Field>()

  constructor(init: MetaInit) {
    this.appLabel = init.appLabel
    this.name = init.name
    this.modelName = init.name.toLowerCase()
    this.proxyFor = init.proxyFor
    this.options = readMetaOptions(init.options, init)
    this.table = init.proxyFor?.table ?? init.options.table ?? `${init.appLabel}_${this.modelName}`
    this.ordering = init.options.ordering ?? []
    this.registry = init.registry
    this.model = init.model
    this.autoCreated = init.autoCreated ?? false

    const declared = init.proxyFor ? [...init.proxyFor.#byName] : readFields(init.name, init.declared)
    const fields: Field[] = []
    const manyToMany: ManyToManyField[] = []
    const reverses: ReverseField[] = []
    for (const [name, member] of declared) {
      const bound = init.proxyFor ? member : this.#bound(name, member)
      if (bound instanceof Field) fields.push(bound)
      else if (bound instanceof ManyToManyField) manyToMany.push(bound)
      else reverses.push(bound)
      this.#byName.set(name, bound)
    }
    const composite = fields.findIndex((field) => field instanceof CompositeKeyField)
    const composed = composite < 0 ? undefined : (fields.splice(composite, 1)[0] as CompositeKeyField)
    if (!init.proxyFor)
      composed?.take(this.name, (name) => fields.find((each) => [each.name, each.attribute].includes(name)))
    const keys = composed ? [composed] : fields.filter((field) => field.primaryKey)
    if (keys.length > 1) {
      throw new ImproperlyConfigured(
        `${this.name} has two primary keys, '${keys[0]!.name}' and '${keys[1]!.name}': a model has one.`,
      )
    }
    this.pk = keys[0] ?? this.#addKey(fields)
    // Where a field stands among the others is the same for all models that share it.
    this.fields = init.proxyFor?.fields ?? fields
    this.fileFields = fields.filter((field) => field instanceof FileField)
    this.manyToMany = manyToMany
    this.reverses = reverses
    for (const field of fields) this.#byAttribute.set(field.attribute, field)
    for (const { using, name, fields: names } of this.indexes) {
      if (using === 'search')
        noteSearchIndex(
          names!.map((each) => this.field(each)!),
          { name: name!, key: this.pk },
        )
    }
  }

  #bound(name: string, member: Member): Member {
    const bound = member instanceof Field ? member.bind(name) : member.bind(name, this)
    if (bound instanceof ForeignKeyField) bound.meta = this
    return bound
  }

  /** The fields that the primary key is made of: as a rule itself. */
  get keyFields(): readonly Field[] {
    return this.pk instanceof CompositeKeyField ? this.pk.parts : [this.pk]
  }

  /** The model that has the table: this one, or the one that it is a proxy of. */
  get concrete(): ModelMeta {
    return this.proxyFor?.concrete ?? this
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

  /** The label of the model that the project has in this one's place; this one has no table then. Django's `_meta.swapped`. */
  get swapped(): string | undefined {
    const { swappable } = this.options
    const label = swappable === undefined ? undefined : swapOf(swappable)
    if (label === undefined) return undefined
    return this.registry.namesOf(label).includes(this.label.toLowerCase()) ? undefined : label
  }

  /** `'blog.Post'` */
  get label(): string {
    return `${this.appLabel}.${this.name}`
  }

  get verboseName(): string {
    return textOf(this.options.verboseName ?? snakeCase(this.name).replaceAll('_', ' '))
  }

  get verboseNamePlural(): string {
    return textOf(this.options.verboseNamePlural ?? `${this.verboseName}s`)
  }

  /** The table's indexes beyond those of single fields. */
  get indexes(): readonly Index[] {
    return this.options.indexes ?? []
  }

  /** The fields that are unique together in all rows: constraints without conditions and expressions. */
  get uniqueTogether(): readonly (readonly Field[])[] {
    return this.constraints.flatMap((constraint) => {
      if (constraint.type !== 'unique' || !constraint.fields || constraint.condition) return []
      return [constraint.fields.map((name) => this.field(name)!)]
    })
  }

  /** `ordering` as far as it is of names: what an expression orders by has none. */
  get orderingPaths(): readonly string[] {
    return this.ordering.filter((term) => typeof term === 'string')
  }

  get constraints(): readonly Constraint[] {
    return this.options.constraints ?? []
  }

  /** A field or relation by its name, or by a key's attribute (`'authorId'`), or `'pk'`. */
  member(name: string): Member | undefined {
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

/** Whether no field may be called so. */
export function isReservedName(name: string): boolean {
  return reservedNames.test(name)
}

function readFields(model: string, declared: object): [string, Member][] {
  return Object.keys(declared).map((name) => {
    const declaresKey = name === 'pk' && (declared as { pk?: unknown }).pk instanceof CompositeKeyField
    if (isReservedName(name) && !declaresKey) {
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
