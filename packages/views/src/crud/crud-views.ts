import { ImproperlyConfigured } from '@nuages/foundation'
import { DetailView, ModelDetailView } from '../generic/detail-view.ts'
import { CreateView } from '../generic/editing/create-view.ts'
import { DeleteView, ModelDeleteView } from '../generic/editing/delete-view.ts'
import type { EditingOptions } from '../generic/editing/edited-form.ts'
import { ModelFormView } from '../generic/editing/model-form-view.ts'
import { UpdateView } from '../generic/editing/update-view.ts'
import { ListView, ModelListView } from '../generic/list-view.ts'
import type { ViewModel } from '../generic/view-model.ts'
import { View } from '../view.ts'
import type { Crud } from './crud.ts'
import type { CrudView } from './crud-access.ts'
import { crudDelete, crudForm } from './crud-editing.ts'
import type { CrudPageName } from './crud-options.ts'
import { crudDetail, crudList } from './crud-reading.ts'

type ViewClass = new () => View<unknown>

/** The view of a page: the one that stands in its place, or one made for it. It asks its guard first. */
export function crudView(crud: Crud, page: CrudPageName): CrudView {
  const replacement = crud.options.views?.[page] || undefined
  const view = replacement === undefined ? ofClass(crud, page, madeView(crud, page)) : own(crud, page, replacement)
  return crud.guard(page)?.(view) ?? view
}

function own(crud: Crud, page: CrudPageName, replacement: object): CrudView {
  const isClass = (replacement as { prototype?: object }).prototype instanceof View
  return isClass ? ofClass(crud, page, replacement as ViewClass) : (replacement as CrudView)
}

/** A class of the kind that the page would have gets the page's template, context and way on, where it has none itself. */
function ofClass(crud: Crud, page: CrudPageName, viewClass: ViewClass): CrudView {
  return View.asView.call(completed(crud, page, viewClass) as never) as CrudView
}

function completed(crud: Crud, page: CrudPageName, viewClass: ViewClass): ViewClass {
  const { prototype } = viewClass
  let made = viewClass
  if (page === 'list' && prototype instanceof ModelListView) made = crudList(crud, viewClass as never)
  if (page === 'detail' && prototype instanceof ModelDetailView) made = crudDetail(crud, viewClass as never)
  if (page === 'delete' && prototype instanceof ModelDeleteView) made = crudDelete(crud, viewClass as never)
  if ((page === 'create' || page === 'update') && prototype instanceof ModelFormView) {
    made = crudForm(crud, page, viewClass as never)
  }
  return Object.defineProperty(made, 'name', { value: viewClass.name })
}

/** Of a page that nothing stands in for. */
function madeView(crud: Crud, page: CrudPageName): ViewClass {
  const { model } = crud
  switch (page) {
    case 'list':
      return madeList(crud)
    case 'detail':
      return DetailView(model)
    case 'create':
      return CreateView(model, editing(crud, page) as never) as ViewClass
    case 'update':
      return UpdateView(model, editing(crud, page) as never) as ViewClass
    case 'delete':
      return DeleteView(model)
  }
}

function madeList({ model, options }: Crud): ViewClass {
  const { filterFields = [], searchFields = [], orderingFields = [] } = options
  const Base = ListView<ViewModel>(model, { filterFields, searchFields, orderingFields } as never)
  const made = class extends Base {
    override paginateBy: number | undefined = options.paginateBy ?? 25
    override ordering = options.ordering
  }
  return Object.defineProperty(made, 'name', { value: Base.name })
}

function editing({ model, options }: Crud, page: CrudPageName): EditingOptions {
  const { fields, formClass } = options
  if (formClass !== undefined) return { formClass }
  if (fields !== undefined) return { fields }
  throw new ImproperlyConfigured(
    `crudUrls(${model.name}) needs the fields that the page '${page}' edits, or a formClass; or { views: { ${page}: false } }.`,
  )
}
