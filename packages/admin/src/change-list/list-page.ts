import { availableActions } from '../actions/available-actions.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { Actions, ChangeListPage, EmptyState, Filter, Search } from '../pages/change-list-page.ts'
import type { ModelFrame } from '../pages/frame.ts'
import { frameOf } from '../site/frame.ts'
import { modelFrame, modelTrail } from '../site/model-frame.ts'
import { isPopup, type ModelScope } from '../site/page-scope.ts'
import type { ChangeList } from './change-list.ts'
import { dateHierarchy } from './date-hierarchy.ts'
import { headOf } from './list-order.ts'
import { listParameters, without } from './list-query.ts'
import { listRows, type RowForm } from './list-rows.ts'
import { type PageOfRows, resultCount } from './page-of-rows.ts'
import { type PagePlace, paginationOf } from './pagination.ts'

/** A page of rows that was read, and where in the list it stands. */
export interface LoadedList {
  readonly list: ChangeList
  readonly page: PageOfRows
  readonly place: PagePlace
}

/** What is edited in the list. */
export interface EditedList {
  readonly editable: ChangeListPage['editable']
  readonly formOf: (row: AnyRow) => RowForm | undefined
}

const notEdited: EditedList = { editable: null, formOf: () => undefined }

/** All that the template of a change list reads. */
export async function changeListPage(
  scope: ModelScope,
  { list, page, place }: LoadedList,
  { editable, formOf }: EditedList = notEdited,
  selected: readonly string[] = [],
): Promise<ChangeListPage> {
  const { request, modelAdmin } = scope
  const { meta, options } = modelAdmin
  const { query } = list.scope
  const model = await modelFrame(scope)
  const title = capitalised(meta.verboseNamePlural)
  const filters = await shownFilters(list)
  const active = filters.some((filter) => filter.active)
  const clearFiltersUrl = active ? query.url(without(list.filters.flatMap(({ parameters }) => parameters))) : null
  return {
    ...(await frameOf(scope, { page: 'change-list', title, current: meta, trail: modelTrail(scope, 'app') })),
    model,
    columns: list.columns.map((_column, at) => headOf(list.columns, at, list.order, query)),
    rows: await listRows(scope, list, page.rows, model.permissions.view, formOf),
    empty: page.rows.length === 0 ? emptyState(list, model) : null,
    result: resultCount(meta, page),
    pagination: paginationOf(page, place, query, options.listMaxShowAll ?? 200),
    search: searchOf(list),
    filters,
    clearFiltersUrl,
    dateHierarchy: options.dateHierarchy
      ? await dateHierarchy(meta, options.dateHierarchy, list.rows, page.many, query)
      : null,
    actions: page.rows.length === 0 ? null : await actionsOf(scope, page),
    actionsOnTop: options.actionsOnTop ?? true,
    actionsOnBottom: options.actionsOnBottom ?? false,
    editable,
    action: request.fullPath,
    selected,
  }
}

async function shownFilters({ filters, scope }: ChangeList): Promise<readonly Filter[]> {
  const shown: Filter[] = []
  for (const filter of filters) {
    const found = await filter.show(scope)
    if (found !== null) shown.push(found)
  }
  return shown
}

function searchOf({ modelAdmin, searchFields, term, scope: { query } }: ChangeList): Search | null {
  if (searchFields.length === 0 && modelAdmin.options.getSearchResults === undefined) return null
  const name = listParameters.search
  return {
    name,
    value: term,
    helpText: modelAdmin.options.searchHelpText ?? '',
    hidden: query.hidden([name]),
    clearUrl: term === '' ? null : query.url({ [name]: null }),
  }
}

async function actionsOf(scope: ModelScope, { rows, count, many }: PageOfRows): Promise<Actions | null> {
  if (isPopup(scope)) return null
  const { meta } = scope.modelAdmin
  const available = await availableActions(scope.modelAdmin, scope.request)
  if (available.length === 0) return null
  return {
    choices: available.map(({ name, label, description, danger }) => ({ name, label, description, danger })),
    acrossPages: count > rows.length || many,
    acrossLabel: `Select all ${resultCount(meta, { rows, count, many, hasNext: false }).text}`,
  }
}

function emptyState({ modelAdmin, term, scope: { query } }: ChangeList, model: ModelFrame): EmptyState {
  const { meta } = modelAdmin
  const narrowed = term !== '' || query.filterNames().length > 0
  if (!narrowed) {
    return {
      reason: 'no-rows',
      message: `There are no ${meta.verboseNamePlural} yet.`,
      addUrl: model.addUrl,
      clearUrl: null,
    }
  }
  const clearUrl = query.url(without([listParameters.search, ...query.filterNames()]))
  return { reason: 'no-match', message: `No ${meta.verboseNamePlural} match.`, addUrl: null, clearUrl }
}
