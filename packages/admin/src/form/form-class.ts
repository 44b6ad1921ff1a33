import {
  type AnyModelForm,
  CheckboxSelectMultiple,
  ModelForm,
  RadioSelect,
  Select,
  SelectMultiple,
  type Widget,
} from '@nuages/forms'
import { ForeignKeyField, ManyToManyField, type ModelMeta } from '@nuages/orm'
import { AutocompleteInput } from '../autocomplete/autocomplete-input.ts'
import { relationEndpoint } from '../autocomplete/relation-endpoint.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { FormOptions } from '../options/form-options.ts'
import type { SiteRegistry } from '../site/site-registry.ts'

/** A class of model forms, whatever the model. */
export interface AnyModelFormClass {
  new (options?: object): AnyModelForm
  readonly settings: FormSettings
  readonly baseFields: Readonly<Record<string, unknown>>
}

interface FormSettings {
  readonly fields: 'all' | readonly string[]
  readonly exclude?: readonly string[]
  readonly widgets?: Readonly<Record<string, Widget | (new () => Widget)>>
  readonly formFields?: Readonly<Record<string, unknown>>
  readonly versionCheck?: boolean
}

const plain = new WeakMap<ModelMeta, AnyModelFormClass>()

/** The form that a project's own form is measured by: of a model that says nothing. */
function plainForm(meta: ModelMeta): AnyModelFormClass {
  let known = plain.get(meta)
  if (!known) {
    known = ModelForm(meta.model as never, { fields: 'all' }) as unknown as AnyModelFormClass
    plain.set(meta, known)
  }
  return known
}

/** The class that a form extends: the one of the options, or one of the model. */
export function baseForm(meta: ModelMeta, own: unknown): AnyModelFormClass {
  return (own as AnyModelFormClass | undefined) ?? plainForm(meta)
}

/** The names of the fields that a form has: those of the model that it edits, and its own. */
export function offeredFields(Base: AnyModelFormClass): readonly string[] {
  return Object.keys(Base.baseFields).filter((name) => name !== '_version')
}

const made = new WeakMap<object, WeakMap<AnyModelFormClass, Map<string, AnyModelFormClass>>>()

/** What a form of the admin is made of. */
export interface FormClassInit {
  readonly site: SiteRegistry
  readonly meta: ModelMeta
  readonly options: FormOptions<AnyModel>
  readonly Base: AnyModelFormClass
  readonly editable: readonly string[]
  readonly versionCheck: boolean
}

/** The class of a form that edits these fields, with the widgets of the admin. It is made once. */
export function formClass(init: FormClassInit): AnyModelFormClass {
  const { Base, site, options, editable, versionCheck } = init
  const ofOptions = made.get(options) ?? new WeakMap<AnyModelFormClass, Map<string, AnyModelFormClass>>()
  made.set(options, ofOptions)
  const known = ofOptions.get(Base) ?? new Map<string, AnyModelFormClass>()
  ofOptions.set(Base, known)
  const key = `${site.name} ${versionCheck} ${editable.join(' ')}`
  let Form = known.get(key)
  if (!Form) {
    Form = extended(init)
    known.set(key, Form)
  }
  return Form
}

function extended({ site, meta, options, Base, editable, versionCheck }: FormClassInit): AnyModelFormClass {
  const { settings } = Base
  const own = new Set(Object.keys(settings.formFields ?? {}))
  const fields = editable.filter((name) => !own.has(name) || meta.member(name) !== undefined)
  const widgets = Object.fromEntries(
    fields.flatMap((name) => {
      const widget = settings.widgets?.[name] ?? widgetFor(site, meta, name, options)
      return widget === undefined ? [] : [[name, widget]]
    }),
  )
  const formFields = Object.fromEntries(
    Object.entries(settings.formFields ?? {}).filter(([name]) => editable.includes(name)),
  )
  const adapted = { versionCheck, ...settings, exclude: [], fields, widgets, formFields }
  return class extends Base {
    static override get settings(): FormSettings {
      return adapted
    }
  }
}

/** The widget of a field, where it is not the usual one. */
function widgetFor(
  site: SiteRegistry,
  meta: ModelMeta,
  name: string,
  options: FormOptions<AnyModel>,
): Widget | undefined {
  const member = meta.member(name)
  const isRadio = options.radioFields?.includes(name) ?? false
  if (!(member instanceof ForeignKeyField || member instanceof ManyToManyField)) {
    return isRadio ? new RadioSelect() : undefined
  }
  const multiple = member instanceof ManyToManyField
  if (isRadio) return new RadioSelect()
  if (options.checkboxFields?.includes(name)) return new CheckboxSelectMultiple()
  const isRaw = options.rawIdFields?.includes(name) ?? false
  const isSelect =
    options.selectFields?.includes(name) || (options.autocompleteFields?.includes(name) === false && !isRaw)
  if (isSelect) return multiple ? new SelectMultiple() : new Select()
  const endpoint = relationEndpoint(site, meta, member)
  return new AutocompleteInput({ target: member.target, multiple, ...endpoint, ...(isRaw ? { url: null } : {}) })
}
