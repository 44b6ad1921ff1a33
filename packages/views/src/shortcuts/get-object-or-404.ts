import { Http404 } from '@nuages/http'
import { type Checked, type FieldsOf, type Filterable, type Instance, ObjectDoesNotExist } from '@nuages/orm'
import type { RowSource } from '../pagination/row-source.ts'

/** A model with a manager under `objects`. */
interface ModelWithManager {
  readonly prototype: object
  readonly objects: RowSource<object>
}

/** A queryset or a manager. */
interface Rows extends RowSource<object> {
  readonly model: unknown
}

type RowIn<S> = S extends RowSource<infer Row> ? Row : never

/** What a queryset's own types say better. */
interface AnyRows {
  readonly model: { readonly name: string }
  get(conditions: object): Promise<object>
  filter(conditions: object): PromiseLike<readonly object[]>
}

/**
 * The one row that answers, of a model or a queryset: `await getObjectOr404(Post, { slug })`. Throws `Http404` where there is
 * none, and the model's `MultipleObjectsReturned` where there are several. Django's `get_object_or_404`.
 */
export function getObjectOr404<M extends ModelWithManager, const W extends Filterable<FieldsOf<M>> = {}>(
  model: M,
  conditions?: W & Checked<FieldsOf<M>, W, unknown>,
): Promise<Instance<M>>
export function getObjectOr404<S extends Rows, const W extends Filterable<FieldsOf<S['model']>> = {}>(
  rows: S,
  conditions?: W & Checked<FieldsOf<S['model']>, W, S>,
): Promise<RowIn<S>>
export async function getObjectOr404(source: ModelWithManager | Rows, conditions: object = {}): Promise<object> {
  const rows = rowsOf(source)
  try {
    return await rows.get(conditions)
  } catch (error) {
    if (error instanceof ObjectDoesNotExist) throw notFound(rows, error)
    throw error
  }
}

/**
 * The rows that answer, of a model or a queryset; at least one. Throws `Http404` where there is none. Django's
 * `get_list_or_404`.
 */
export function getListOr404<M extends ModelWithManager, const W extends Filterable<FieldsOf<M>> = {}>(
  model: M,
  conditions?: W & Checked<FieldsOf<M>, W, unknown>,
): Promise<readonly Instance<M>[]>
export function getListOr404<S extends Rows, const W extends Filterable<FieldsOf<S['model']>> = {}>(
  rows: S,
  conditions?: W & Checked<FieldsOf<S['model']>, W, S>,
): Promise<readonly RowIn<S>[]>
export async function getListOr404(
  source: ModelWithManager | Rows,
  conditions: object = {},
): Promise<readonly object[]> {
  const rows = rowsOf(source)
  const found = await rows.filter(conditions)
  if (found.length === 0) throw notFound(rows)
  return found
}

function rowsOf(source: ModelWithManager | Rows): AnyRows {
  return ('objects' in source ? source.objects : source) as unknown as AnyRows
}

function notFound(rows: AnyRows, cause?: unknown): Http404 {
  return new Http404(`No ${rows.model.name} answers the request.`, { cause })
}
