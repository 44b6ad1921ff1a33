import type { AnyForm } from '@nuages/forms'
import type { CollectedDeletion } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import type { ModelDeleteView } from '../generic/editing/delete-view.ts'
import type { ModelFormView } from '../generic/editing/model-form-view.ts'
import { capitalised } from '../generic/listing/called-at.ts'
import type { ViewModel } from '../generic/view-model.ts'
import type { Crud } from './crud.ts'
import { type CrudContext, crudContext, withCrudTemplate } from './crud-context.ts'

type AnyFormView = ModelFormView<ViewModel, AnyForm, unknown>
type AnyDelete = ModelDeleteView<ViewModel, AnyForm, unknown>

/** What the template that asks whether to delete sees as `crud`, besides what all see. */
export interface CrudDeleteContext extends CrudContext {
  /** What would go besides the row: how many rows of which model. */
  readonly goes: readonly { readonly count: number; readonly called: string }[]
  /** The rows that forbid it, by model: the first of them, and how many more there are. */
  readonly needed: readonly { readonly called: string; readonly rows: readonly object[]; readonly more: number }[]
}

/** A form with the default template of the pages, what that needs, and the way to the row's page. */
export function crudForm(crud: Crud, page: 'create' | 'update', Base: new () => AnyFormView): new () => AnyFormView {
  return class extends Base {
    constructor() {
      super()
      if (!crud.has('list') && !crud.has('detail')) return
      this.successUrl ??= (row) => crud.nextUrl(crud.base(this.request, page), row as object)!
    }

    override getTemplateNames(): readonly TemplateName[] {
      return withCrudTemplate(this, super.getTemplateNames(), 'form')
    }

    override async getContextData() {
      const row = (this.object as object | null) ?? undefined
      const own = await crudContext(crud, this.request, page, page === 'update' ? row : undefined)
      return { ...(await super.getContextData()), crud: own }
    }

    override async onSuccess(form: AnyForm): Promise<void> {
      await super.onSuccess(form)
      await crud.options.onSuccess?.(this.request, { page, object: this.object as object })
    }
  }
}

/** The question whether to delete, with the default template of the pages, what that needs, and the way to the list. */
export function crudDelete(crud: Crud, Base: new () => AnyDelete): new () => AnyDelete {
  return class extends Base {
    constructor() {
      super()
      if (crud.has('list')) this.successUrl ??= () => crud.nextUrl(crud.base(this.request, 'delete'))!
    }

    override getTemplateNames(): readonly TemplateName[] {
      return withCrudTemplate(this, super.getTemplateNames(), 'confirm-delete')
    }

    override async getContextData() {
      const context = await super.getContextData()
      const own = await crudContext(crud, this.request, 'delete', this.object as object)
      const crudOwn: CrudDeleteContext = {
        ...own,
        goes: goesToo(crud, context.deletion),
        needed: neededBy(context.deletion),
      }
      return { ...context, crud: crudOwn }
    }

    override async onSuccess(form: AnyForm): Promise<void> {
      await super.onSuccess(form)
      await crud.options.onSuccess?.(this.request, { page: 'delete', object: this.object as object })
    }
  }
}

/** The links of many-to-many relations go without a word. */
function goesToo(crud: Crud, { byModel }: CollectedDeletion): CrudDeleteContext['goes'] {
  const counts = [...byModel]
    .map(([meta, count]) => [meta, meta === crud.meta ? count - 1 : count] as const)
    .filter(([meta, count]) => count > 0 && !meta.autoCreated)
  return counts.map(([meta, count]) => ({ count, called: count === 1 ? meta.verboseName : meta.verboseNamePlural }))
}

/** More than these help nobody. */
const mostNeeded = 10

function neededBy({ protected: locked, restricted }: CollectedDeletion): CrudDeleteContext['needed'] {
  return [...locked, ...restricted].map(({ meta, rows, count }) => {
    const shown = rows.slice(0, mostNeeded)
    return { called: capitalised(meta.verboseName), rows: shown, more: count - shown.length }
  })
}
