import { type CollectedDeletion, collectDeletion, type DeletedRow, type MetRows, type ModelMeta } from '@nuages/orm'
import { rowLinks } from '../columns/row-links.ts'
import { mayUser } from '../model-admin/permissions.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { DeletedNode, Deletion } from '../pages/delete-page.ts'
import type { PageScope } from '../site/page-scope.ts'

/** How many rows a page lists. */
const listed = 100

type RowUrl = (row: AnyRow) => string | null

/** What would go with some rows, and whether the user may delete all of it. */
export async function describeDeletion(scope: PageScope, rows: readonly AnyRow[] | AnyQuerySet): Promise<Deletion> {
  const found = await collectDeletion(rows, { limit: listed })
  const own = [...found.byModel].filter(([meta]) => !meta.autoCreated)
  const forbidding = [...found.protected, ...found.restricted]
  const rowUrl = await rowLinks(scope, [...own.map(([meta]) => meta), ...forbidding.map(({ meta }) => meta)])
  const missing = await missingPermissions(
    scope,
    own.map(([meta]) => meta),
    asksOfUnlisted(scope, found) ? (await collectDeletion(rows, { limit: found.total })).nested : found.nested,
  )
  return {
    nodes: found.nested.map((row) => nodeOf(row, rowUrl)),
    more: [...found.unlisted.values()].reduce((sum, count) => sum + count, 0),
    counts: own.map(([meta, count]) => tally(meta, count)),
    changed: found.changed.map(({ meta, count }) => tally(meta, count)),
    protected: forbidding.flatMap((met) => forbiddingNodes(met, rowUrl)),
    missingPermissions: missing.map(({ verboseName }) => verboseName),
    allowed: missing.length === 0 && forbidding.length === 0,
  }
}

function tally(meta: ModelMeta, count: number): { readonly label: string; readonly count: number } {
  return { label: count === 1 ? meta.verboseName : meta.verboseNamePlural, count }
}

function nodeOf({ meta, row, related }: DeletedRow, rowUrl: RowUrl): DeletedNode {
  const children = related.flatMap(({ rows }) => rows.map((below) => nodeOf(below, rowUrl)))
  return { model: meta.verboseName, text: rowLabel(row), url: rowUrl(row as AnyRow), children }
}

function forbiddingNodes({ meta, rows }: MetRows, rowUrl: RowUrl): DeletedNode[] {
  return rows.map((row) => ({
    model: meta.verboseName,
    text: rowLabel(row),
    url: rowUrl(row as AnyRow),
    children: [],
  }))
}

/** Whether some row that the page does not list might be one that a hook forbids to delete: then all of them are asked about. */
function asksOfUnlisted({ site }: PageScope, { unlisted }: CollectedDeletion): boolean {
  return [...unlisted.keys()].some((meta) => site.modelAdminOf(meta)?.options.hasDeletePermission !== undefined)
}

/** The registered models of which the user may not delete rows: in general, or one of those that would go. */
async function missingPermissions(
  { site, request }: PageScope,
  metas: readonly ModelMeta[],
  nested: readonly DeletedRow[],
): Promise<readonly ModelMeta[]> {
  const byModel = Map.groupBy(flattened(nested), ({ meta }) => meta)
  const missing: ModelMeta[] = []
  for (const meta of metas) {
    const modelAdmin = site.modelAdminOf(meta)
    if (modelAdmin === undefined) continue
    const rows = modelAdmin.options.hasDeletePermission ? (byModel.get(meta) ?? []) : []
    const answers = [mayUser(modelAdmin, 'delete', request)]
    for (const { row } of rows) answers.push(mayUser(modelAdmin, 'delete', request, row as AnyRow))
    if ((await Promise.all(answers)).includes(false)) missing.push(meta)
  }
  return missing
}

function flattened(rows: readonly DeletedRow[]): DeletedRow[] {
  return rows.flatMap((row) => [row, ...row.related.flatMap(({ rows: below }) => flattened(below))])
}
