import { type HttpRequest, JsonResponse } from '@nuages/http'
import { type ModelMeta, models } from '@nuages/orm'
import { countLimit } from '../change-list/page-of-rows.ts'
import { searchRows } from '../change-list/search-rows.ts'
import { allRowsOf } from '../model-admin/all-rows.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { mayLook } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyQuerySet } from '../options/any-model.ts'
import { secured } from '../site/admin-response.ts'
import type { PageScope } from '../site/page-scope.ts'
import { type AnyRelation, mayFill } from './may-fill.ts'

const pageSize = 20
const longestTerm = 200

/**
 * The rows of a relation that match what was typed, as JSON: `?app=blog&model=post&field=author&term=ann&page=2`. It is for
 * those who may see the rows: in the other model's admin, or, where that has none, in the form that has the relation.
 */
export async function autocompleteView(scope: PageScope): Promise<JsonResponse> {
  return secured(await answer(scope)) as JsonResponse
}

async function answer({ site, request }: PageScope): Promise<JsonResponse> {
  if (!(await site.hasPermission(request))) return refused(403, 'Sign in first.')
  const { query } = request
  const relation = findRelation(query.get('app'), query.get('model'), query.get('field'))
  if (relation === undefined) return refused(404, 'There is no such relation.')
  const { target } = relation
  const targetAdmin = site.modelAdminOf(target)
  const allowed = targetAdmin ? await mayLook(targetAdmin, request) : await mayFill({ site, request }, relation)
  if (!allowed) return refused(403, `You may not see ${target.verboseNamePlural}.`)
  const number = Math.max(1, Number(/^\d{1,6}$/.exec(query.get('page') ?? '1')?.[0] ?? 1))
  const from = (number - 1) * pageSize
  const term = (query.get('term') ?? '').trim().slice(0, longestTerm)
  const matching = await matchingRows(target, targetAdmin, request, term)
  const rows = await matching.rows.slice(from, from + pageSize + 1)
  return new JsonResponse({
    results: rows.slice(0, pageSize).map((row) => ({ id: String(row.pk), text: rowLabel(row) })),
    pagination: { more: rows.length > pageSize },
  })
}

function refused(status: number, error: string): JsonResponse {
  return new JsonResponse({ error }, { status })
}

function findRelation(app = '', model = '', field = ''): AnyRelation | undefined {
  const meta = models.all(app).find((known) => known.modelName === model)
  return meta?.relation(field)
}

/** An object, since a queryset that an asynchronous function returned would run there. */
async function matchingRows(
  target: ModelMeta,
  modelAdmin: ModelAdmin | undefined,
  request: HttpRequest,
  term: string,
): Promise<{ readonly rows: AnyQuerySet }> {
  const options = modelAdmin?.options ?? {}
  const all = modelAdmin?.rows(request) ?? allRowsOf(target)
  if (term === '' && (await isLarge(all))) return { rows: all.orderBy('pk') }
  const ordering = options.getOrdering?.(request) ?? options.ordering ?? target.orderingPaths
  const rows = all.orderBy(...ordering, 'pk')
  if (term === '') return { rows }
  if (options.getSearchResults) {
    return { rows: options.getSearchResults(request, rows as never, term) as unknown as AnyQuerySet }
  }
  const fields = options.getSearchFields?.(request) ?? options.searchFields ?? textFields(target)
  return { rows: searchRows(rows, fields, term) }
}

/** A large table is not sorted to show the first of its rows before anybody has typed. */
async function isLarge(rows: AnyQuerySet): Promise<boolean> {
  const count = await rows
    .orderBy()
    .slice(0, countLimit + 1)
    .count()
  return count > countLimit
}

/** What is searched in where the model's admin does not say: its short texts, and its key. */
function textFields(meta: ModelMeta): readonly string[] {
  const short = meta.fields.filter(({ kind, options }) => kind === 'text' && 'maxLength' in options && !options.choices)
  return [...short.map(({ name }) => name), 'pk']
}
