import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { Instance, QuerySet } from '@nuages/orm'

/** What is saved: whether a row is changed rather than added, and the form that was filled in. */
export interface SaveContext {
  readonly change: boolean
  readonly form: object
}

/** Around saving and deleting, inside the transaction; and what the user sees next. */
export interface SaveHooks<M> {
  /** In place of `row.save()`: `saveModel: async (request, post) => { post.author ??= …; await post.save() }`. */
  readonly saveModel?: (request: HttpRequest, row: Instance<M>, context: SaveContext) => Promise<void>
  /** Around saving many-to-many relations and inlines; `save` does it. */
  readonly saveRelated?: (
    request: HttpRequest,
    row: Instance<M>,
    save: () => Promise<void>,
    context: SaveContext,
  ) => Promise<void>
  /** In place of `row.delete()`. */
  readonly deleteModel?: (request: HttpRequest, row: Instance<M>) => Promise<void>
  /** In place of `rows.delete()`, for the action that deletes. */
  readonly deleteQueryset?: (request: HttpRequest, rows: QuerySet<M>) => Promise<void>
  /** What is answered after a row was added; `response` is what would be. */
  readonly responseAdd?: (request: HttpRequest, row: Instance<M>, response: HttpResponse) => Answered
  readonly responseChange?: (request: HttpRequest, row: Instance<M>, response: HttpResponse) => Answered
  readonly responseDelete?: (request: HttpRequest, row: Instance<M>, response: HttpResponse) => Answered
}

type Answered = HttpResponse | Promise<HttpResponse>
