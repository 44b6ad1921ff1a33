import type { HttpRequest, QueryChanges } from '@nuages/http'
import type { TemplateName } from '@nuages/templates'
import type { ModelDetailView } from '../generic/detail-view.ts'
import type { ModelListView } from '../generic/list-view.ts'
import type { ListOrdering } from '../generic/listing/list-ordering.ts'
import type { ViewModel } from '../generic/view-model.ts'
import type { Crud } from './crud.ts'
import { type CrudContext, crudContext, withCrudTemplate } from './crud-context.ts'
import type { DisplayedValue } from './display-field.ts'

type AnyList = ModelListView<ViewModel, unknown>
type AnyDetail = ModelDetailView<ViewModel, unknown>

/** What the template of the list sees as `crud`, besides what all see. */
export interface CrudListContext extends CrudContext {
  readonly columns: readonly {
    readonly label: string
    readonly kind: string
    /** How the column is ordered by, if it may be, and where a click on its head leads. */
    readonly ordering: ListOrdering | null
    readonly url: string | null
  }[]
  readonly rows: readonly {
    readonly row: object
    /** Where the row leads: to its page, or to that which changes it. */
    readonly url: string | null
    readonly cells: readonly DisplayedValue[]
  }[]
  /** The pages, with one that leads nowhere for those that are left out. */
  readonly pages: readonly { readonly label: string; readonly url: string | null; readonly isCurrent: boolean }[]
  /** What the rows may be ordered by, both ways. */
  readonly orders: readonly { readonly value: string; readonly label: string; readonly isSelected: boolean }[]
  readonly areFiltersActive: boolean
}

/** What the template of a row sees as `crud`, besides what all see. */
export interface CrudDetailContext extends CrudContext {
  readonly values: readonly DisplayedValue[]
}

/** A list with the default template of the pages, and what that needs. */
export function crudList(crud: Crud, Base: new () => AnyList): new () => AnyList {
  return class extends Base {
    override getTemplateNames(): readonly TemplateName[] {
      return withCrudTemplate(this, super.getTemplateNames(), 'list')
    }

    override async getContextData() {
      const context = await super.getContextData()
      return { ...context, crud: await listContext(crud, this) }
    }
  }
}

async function listContext(crud: Crud, view: AnyList): Promise<CrudListContext> {
  const { request, listing } = view
  const fields = crud.columns()
  const base = crud.base(request, 'list')
  const behind = await crud.rowPage(request)
  const rows = view.objectList as readonly object[]
  return {
    ...(await crudContext(crud, request, 'list')),
    columns: fields.map(({ name, label, kind }) => {
      const ordering = listing.orderings.find((one) => one.name === name) ?? null
      const url = ordering && queryUrl(request, { [view.orderingKwarg]: ordering.next, [view.pageKwarg]: null })
      return { label, kind, ordering, url }
    }),
    rows: rows.map((row) => ({
      row,
      url: behind === undefined ? null : crud.rowUrl(base, row) + behind,
      cells: fields.map((field) => field.of(row)),
    })),
    pages: pagesOf(view),
    orders: listing.orderings.flatMap(({ label, ascending, descending }) => [
      { value: ascending, label, isSelected: listing.terms[0] === ascending },
      { value: descending, label: `${label} (reversed)`, isSelected: listing.terms[0] === descending },
    ]),
    areFiltersActive: listing.filters.some(({ isActive }) => isActive),
  }
}

function pagesOf({ pageObj, request, pageKwarg }: AnyList): CrudListContext['pages'] {
  if (pageObj === null) return []
  return pageObj.paginator.elidedPageRange(pageObj.number, { onEachSide: 1, onEnds: 1 }).map((page) => ({
    label: String(page),
    url: typeof page === 'number' ? queryUrl(request, { [pageKwarg]: page }) : null,
    isCurrent: page === pageObj.number,
  }))
}

/** The same list with some of its query replaced. */
function queryUrl(request: HttpRequest, changes: QueryChanges): string {
  return `?${request.query.with(changes)}`
}

/** A row's page with the default template of the pages, and what that needs. */
export function crudDetail(crud: Crud, Base: new () => AnyDetail): new () => AnyDetail {
  return class extends Base {
    override getTemplateNames(): readonly TemplateName[] {
      return withCrudTemplate(this, super.getTemplateNames(), 'detail')
    }

    override async getContextData() {
      const row = this.object as object
      const values = crud.shownFields().map((field) => field.of(row))
      const own: CrudDetailContext = { ...(await crudContext(crud, this.request, 'detail', row)), values }
      return { ...(await super.getContextData()), crud: own }
    }
  }
}
