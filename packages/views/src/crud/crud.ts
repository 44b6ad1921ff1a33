import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { Field, ModelMeta } from '@nuages/orm'
import { metaOf, type ViewModel } from '../generic/view-model.ts'
import { type CrudGuard, guardsOf, letsThrough } from './crud-access.ts'
import type { AnyCrudOptions, CrudPageName } from './crud-options.ts'
import { DisplayField, defaultColumns } from './display-field.ts'

const crudPages: readonly CrudPageName[] = ['list', 'create', 'detail', 'update', 'delete']

/** How many segments of a page's address stand behind that of the list. */
const depths: Readonly<Record<CrudPageName, number>> = { list: 0, create: 1, detail: 1, update: 2, delete: 2 }

/** The addresses of the pages that this request may use; `null` for the others. Those of a row are there where one is shown. */
export type CrudLinks = { readonly [Page in CrudPageName]: string | null }

/** The pages of a model: which there are, where, and for whom. */
export class Crud {
  readonly model: ViewModel
  readonly options: AnyCrudOptions
  readonly pages: readonly CrudPageName[]
  /** The name of the parameter that names a row. */
  readonly lookupName: 'pk' | 'slug'
  readonly #guards: ReadonlyMap<CrudPageName, CrudGuard | undefined>

  constructor(model: ViewModel, options: AnyCrudOptions) {
    const where = `crudUrls(${model.name})`
    this.model = model
    this.options = options
    this.pages = crudPages.filter((page) => options.views?.[page] !== false)
    this.lookupName = lookupName(options.lookup ?? '<int:pk>', where)
    this.#guards = guardsOf(options.access, this.pages, where)
  }

  get meta(): ModelMeta {
    return metaOf(this.model)
  }

  guard(page: CrudPageName): CrudGuard | undefined {
    return this.#guards.get(page)
  }

  has(page: CrudPageName): boolean {
    return this.pages.includes(page)
  }

  /** The columns of the list. */
  columns(): readonly DisplayField[] {
    const { listDisplay } = this.options
    return (listDisplay ?? defaultColumns(this.meta, this.#edited())).map((name) => new DisplayField(this.meta, name))
  }

  /** What the page of a row shows: the fields that are edited, or the columns of the list where there is no form. */
  shownFields(): readonly DisplayField[] {
    const { fields, formClass, listDisplay = [] } = this.options
    const names = fields === undefined && formClass === undefined ? listDisplay : this.#edited()
    const shown = names.filter((name) => this.meta.member(name.split('__', 1)[0]!) !== undefined)
    return shown.map((name) => new DisplayField(this.meta, name))
  }

  /** Where the list is, told from the address of one of the pages: no names, so no namespace, and whatever the routes stand under. */
  base(request: HttpRequest, page: CrudPageName): string {
    const segments = request.fullPath.split('?', 1)[0]!.split('/')
    return segments.toSpliced(segments.length - 1 - depths[page], depths[page]).join('/')
  }

  /** The address of a row's page. */
  rowUrl(base: string, row: object): string {
    return `${base}${encodeURIComponent(String((row as Readonly<Record<string, unknown>>)[this.lookupName]))}/`
  }

  /** The address that a request goes on to once the row was saved or, without a row, deleted. */
  nextUrl(base: string, row?: object): string | undefined {
    if (row !== undefined && this.has('detail')) return this.rowUrl(base, row)
    return this.has('list') ? base : undefined
  }

  /** What follows a row's address in the links of the list: its page if the request may use that, or the form that changes it. */
  async rowPage(request: HttpRequest): Promise<string | undefined> {
    const mayUse = async (page: CrudPageName) => this.has(page) && letsThrough(this.guard(page), request)
    if (await mayUse('detail')) return ''
    return (await mayUse('update')) ? 'edit/' : undefined
  }

  /** The links from a page, without those that would be refused. */
  async links(request: HttpRequest, from: CrudPageName, row?: object): Promise<CrudLinks> {
    const base = this.base(request, from)
    const own = row === undefined ? undefined : this.rowUrl(base, row)
    const link = async (page: CrudPageName, url: string | undefined): Promise<string | null> => {
      return url !== undefined && this.has(page) && (await letsThrough(this.guard(page), request)) ? url : null
    }
    return {
      list: await link('list', base),
      create: await link('create', `${base}add/`),
      detail: await link('detail', own),
      update: await link('update', own && `${own}edit/`),
      delete: await link('delete', own && `${own}delete/`),
    }
  }

  /** The names that the form edits. What it does not edit is not shown unasked: a model may hold secrets. */
  #edited(): readonly string[] {
    const { fields, formClass } = this.options
    const own = (formClass as { settings?: FormSettings } | undefined)?.settings
    const { fields: named = [], exclude = [] } = own ?? { fields }
    const all = [...this.meta.fields.filter(isEdited), ...this.meta.manyToMany].map(({ name }) => name)
    return (named === 'all' ? all : named).filter((name) => !exclude.includes(name))
  }
}

interface FormSettings {
  readonly fields?: 'all' | readonly string[] | undefined
  readonly exclude?: readonly string[]
}

function isEdited(field: Field): boolean {
  return field.editable && !field.primaryKey
}

function lookupName(lookup: string, where: string): 'pk' | 'slug' {
  const name = /^<(?:\w+:)?(pk|slug)>$/.exec(lookup)?.[1]
  if (name !== undefined && !lookup.startsWith('<path:')) return name as 'pk' | 'slug'
  throw new ImproperlyConfigured(
    `${where}: lookup names a row by its pk or slug, such as '<int:pk>', '<uuid:pk>' or '<slug:slug>'. It got '${lookup}'.`,
  )
}
