import { type Family, kindsOf, type Variant } from './random-kinds.ts'
import { type OptionName, optionNames, together } from './random-options.ts'
import {
  type Change,
  type FieldSpec,
  type KeyKind,
  keys,
  type ModelSpec,
  type ProjectSpec,
  targetOf,
} from './random-project.ts'

const modelNames = ['Red', 'Green', 'Blue', 'Amber', 'Olive', 'Teal', 'Crimson', 'Übergrün']
const fieldNames = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'order',
  'fullName',
  'epsilon',
  'zeta',
  'eta',
  'theta',
  'iota',
  'kappa',
]
const plain: Variant = { null: false, dbIndex: false, unique: false, dbColumn: undefined, comment: undefined }

/** The version after some changes; what one of them cannot do it leaves undone. */
export function evolve(project: ProjectSpec, changes: readonly Change[]): ProjectSpec {
  const step = new Evolution(project)
  for (const each of changes) step.apply(each)
  return step.project
}

/** Within a version a thing changes once, so that what became of it can be told. */
class Evolution {
  project: ProjectSpec
  readonly #old: ReadonlySet<number>
  readonly #touched = new Set<number>()
  readonly #changed = new Set<number>()
  readonly #takenNames: Set<string>

  constructor(project: ProjectSpec) {
    this.project = project
    this.#old = new Set(project.models.map(({ id }) => id))
    this.#takenNames = new Set(
      project.models.flatMap(({ name, fields }) => [name, ...fields.map((field) => field.name)]),
    )
  }

  apply({ what, where, which, how }: Change): void {
    const { models } = this.project
    if (what === 'addModel') {
      this.#addModel(how)
      return
    }
    const model = models[where % models.length]
    if (!model || this.#touched.has(model.id)) return
    const fields = model.fields.filter((field) => !this.#touched.has(field.id))
    const field = fields[which % fields.length]
    switch (what) {
      case 'deleteModel':
        if (models.length > 1) this.#deleteModel(model)
        return
      case 'renameModel': {
        const name = this.#free(modelNames, how)
        if (name === undefined || !this.#isUntouched(model)) return
        this.#touched.add(model.id)
        this.#put({ ...model, name })
        return
      }
      case 'alterKey':
        this.#alterKey(model, keys[how % 4]!)
        return
      case 'alterTable':
        this.#put({
          ...model,
          table: [undefined, `odd "${model.id}" é`, `${'long_'.repeat(14)}${model.id}`, `t${model.id}`][how % 4],
        })
        return
      case 'alterComment':
        this.#put({ ...model, comment: [undefined, `it's "${how}"`][how % 2] })
        return
      case 'addField':
        this.#addField(model, how, which)
        return
      case 'addRelation':
        this.#addRelation(model, models[which % models.length]!, how)
        return
      case 'addThrough':
        this.#addThrough(model, models[which % models.length]!)
        return
      case 'toggleOption':
        this.#toggleOption(model, optionNames[how % optionNames.length]!)
        return
    }
    if (!field || !this.#old.has(model.id)) return
    if (what === 'removeField') {
      this.#removeField(model, field)
      return
    }
    if (what === 'renameField') {
      const name = this.#free(fieldNames, how)
      if (name === undefined || 'link' in field.type) return
      this.#touched.add(field.id)
      this.#putField(model, { ...field, name })
      return
    }
    this.#alterField(model, field, how)
    return
  }

  #addModel(how: number): void {
    const name = this.#free(modelNames, how)
    if (name !== undefined && this.project.models.length < 5) this.#newModel(name, how)
  }

  #newModel(name: string, how: number): ModelSpec {
    const id = this.#id()
    const field = (own: string, family: 'name' | 'size'): FieldSpec => ({
      id: this.#id(),
      name: own,
      variant: plain,
      type: { family, kind: how % 3 },
      isOld: true,
    })
    const model: ModelSpec = {
      id,
      app: how % 5 === 4 ? 'two' : 'one',
      name,
      key: keys[(how >> 3) % keys.length]!,
      table: undefined,
      comment: undefined,
      fields: [field('name', 'name'), field('size', 'size')],
      options: [],
    }
    this.project = { ...this.project, models: [...this.project.models, model] }
    return model
  }

  /** Whatever leads to it goes too, with the models of pairs. */
  #deleteModel(model: ModelSpec): void {
    const leads = (field: FieldSpec) =>
      targetOf(field) === model.id || ('link' in field.type && field.type.link === model.id)
    if (this.project.models.some((one) => this.#touched.has(one.id) && one.fields.some(leads))) return
    const links = model.fields.flatMap((field) => ('link' in field.type ? [field.type.link] : []))
    this.project = {
      ...this.project,
      models: this.project.models
        .filter((one) => one !== model)
        .map((one) => {
          const fields = one.fields.filter((field) => !leads(field))
          return fields.length === one.fields.length ? one : { ...one, fields }
        }),
    }
    for (const link of links) {
      const own = this.project.models.find((one) => one.id === link)
      if (own) this.#deleteModel(own)
    }
  }

  /** Its type, or whether it counts. Numbers and the words for them stay the same; keys of others that lead to it follow. */
  #alterKey(model: ModelSpec, key: KeyKind): void {
    if (model.key === 'composite' || (model.options.includes('search') && key === 'char')) return
    this.#put({ ...model, key })
  }

  #addField(model: ModelSpec, how: number, which: number): void {
    const name = this.#free(fieldNames, which)
    if (name === undefined || model.fields.length > 7) return
    const family = (['changeable', 'lasting', 'lasting', 'computed'] as const)[how % 4]!
    const kind = (how >> 2) % kindsOf[family].length
    const isOld = !this.#old.has(model.id)
    const id = this.#id()
    this.#putField(model, {
      id,
      name,
      variant: this.#variant(id, { family, kind }, isOld, how >> 5),
      type: { family, kind },
      isOld,
    })
  }

  #variant(id: number, type: { family: Family; kind: number }, isOld: boolean, how: number): Variant {
    const kind = kindsOf[type.family][type.kind]!
    const mayBeUnique = kind.mayBeUnique === true && isOld && !kind.isFilled
    return {
      null: type.family !== 'name' && type.family !== 'size' && (how & 1) === 1,
      dbIndex: (how & 2) === 2,
      unique: mayBeUnique && (how & 12) === 12,
      dbColumn: kind.isComputed ? undefined : [undefined, undefined, undefined, `column "${id}" é`][(how >> 4) % 4],
      comment: kind.isComputed ? undefined : [undefined, undefined, undefined, "it's a comment"][(how >> 6) % 4],
    }
  }

  #addRelation(model: ModelSpec, target: ModelSpec, how: number): void {
    const name = this.#free(fieldNames, how)
    if (name === undefined || target.key === 'composite' || model.fields.length > 7) return
    const relation = (['foreignKey', 'oneToOne', 'manyToMany'] as const)[how % 3]!
    if (relation === 'manyToMany' && model.key === 'composite') return
    const isOld = !this.#old.has(model.id)
    // A key that may not be null, added to rows: all of them get the same, which must be there.
    const mustBeNull = !isOld && (relation === 'oneToOne' || !this.#old.has(target.id))
    const isNull = mustBeNull || (how & 8) === 8
    this.#putField(model, {
      id: this.#id(),
      name,
      variant: { ...plain, null: relation !== 'manyToMany' && isNull },
      type: { relation, target: target.id },
      isOld,
    })
  }

  #addThrough(model: ModelSpec, target: ModelSpec): void {
    const name = this.#free(fieldNames, 0)
    const linkName = this.#free(modelNames, 0)
    if (name === undefined || linkName === undefined || model === target || this.project.models.length > 5) return
    if (model.key === 'composite' || target.key === 'composite') return
    const key = (own: string, to: number): FieldSpec => ({
      id: this.#id(),
      name: own,
      variant: plain,
      type: { relation: 'foreignKey', target: to },
      isOld: true,
    })
    const link = this.#newModel(linkName, 0)
    this.#put({ ...link, key: 'bigAuto', fields: [...link.fields, key('source', model.id), key('target', target.id)] })
    this.#putField(model, {
      id: this.#id(),
      name,
      variant: plain,
      type: { relation: 'through', target: target.id, link: link.id },
      isOld: true,
    })
  }

  #removeField(model: ModelSpec, field: FieldSpec): void {
    if ('family' in field.type && (field.type.family === 'name' || field.type.family === 'size')) return
    if (this.#isLinked(model, field)) return
    this.#put({ ...model, fields: model.fields.filter((one) => one !== field) })
  }

  #alterField(model: ModelSpec, field: FieldSpec, how: number): void {
    if (!('family' in field.type)) {
      if (field.type.relation !== 'foreignKey') return
      this.#touched.add(field.id)
      this.#putField(model, { ...field, variant: { ...field.variant, null: !field.variant.null } })
      return
    }
    const { family } = field.type
    if (family === 'computed') return
    const kind = family === 'lasting' ? field.type.kind : how % kindsOf[family].length
    const type = { family, kind }
    // Rows with nothing may all get the same.
    const isOld = field.isOld && kindsOf[family][kind]!.isFilled !== true
    this.#touched.add(field.id)
    this.#putField(model, { ...field, type, isOld, variant: this.#variant(field.id, type, isOld, how >> 5) })
  }

  #toggleOption(model: ModelSpec, option: OptionName): void {
    const has = model.options.includes(option)
    if (!has && option === 'search' && (model.key === 'char' || model.key === 'composite')) return
    if (!has && together.some((pair) => pair.includes(option) && pair.some((one) => model.options.includes(one))))
      return
    this.#put({ ...model, options: has ? model.options.filter((one) => one !== option) : [...model.options, option] })
  }

  /** The keys of a model of pairs hold its many-to-many. */
  #isLinked(model: ModelSpec, field: FieldSpec): boolean {
    if (field.name !== 'source' && field.name !== 'target') return false
    return this.project.models.some(({ fields }) => fields.some(({ type }) => 'link' in type && type.link === model.id))
  }

  #isUntouched(model: ModelSpec): boolean {
    return this.#old.has(model.id) && !this.#changed.has(model.id)
  }

  #put(model: ModelSpec): void {
    this.#changed.add(model.id)
    this.project = { ...this.project, models: this.project.models.map((one) => (one.id === model.id ? model : one)) }
  }

  #putField(model: ModelSpec, field: FieldSpec): void {
    const others = model.fields.filter(({ id }) => id !== field.id)
    const isNew = others.length === model.fields.length
    this.#put({
      ...model,
      fields: isNew ? [...others, field] : model.fields.map((one) => (one.id === field.id ? field : one)),
    })
  }

  #id(): number {
    const { next } = this.project
    this.project = { ...this.project, next: next + 1 }
    return next
  }

  #free(pool: readonly string[], how: number): string | undefined {
    const free = pool.filter((name) => !this.#takenNames.has(name))
    const name = free[how % free.length]
    if (name !== undefined) this.#takenNames.add(name)
    return name
  }
}
