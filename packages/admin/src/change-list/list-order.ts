import type { HttpRequest } from '@nuages/http'
import type { ModelMeta } from '@nuages/orm'
import type { DisplayColumn } from '../columns/display-column.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import type { Column, ColumnSort } from '../pages/change-list-page.ts'
import { type ListQuery, listParameters } from './list-query.ts'

/** A column that rows are sorted by: its place among the columns, and which way. */
interface SortedColumn {
  readonly at: number
  readonly descending: boolean
}

/** In which order the rows stand. */
export interface ListOrder {
  /** As `orderBy` takes it. No two rows are equal in it, so that pages do not overlap. */
  readonly paths: readonly string[]
  readonly sorted: readonly SortedColumn[]
}

/** Reads the order: the one that the query string asks for, or the model's. */
export function readOrder(
  modelAdmin: ModelAdmin,
  columns: readonly DisplayColumn[],
  query: ListQuery,
  request: HttpRequest,
): ListOrder {
  const asked = readAsked(query.get(listParameters.order), columns)
  if (asked.length > 0) {
    const paths = asked.map(({ at, descending }) => turned(columns[at]!.orderBy!, descending))
    return { paths: determined(modelAdmin.meta, paths), sorted: asked }
  }
  const { options, meta } = modelAdmin
  const usual = options.getOrdering?.(request) ?? options.ordering ?? meta.orderingPaths
  return { paths: determined(meta, usual), sorted: sortedBy(usual, columns) }
}

/** `'1.-2'`: the columns by their number, `-` in front for descending. What is no column is passed over, as in Django. */
function readAsked(text: string | undefined, columns: readonly DisplayColumn[]): SortedColumn[] {
  const asked = (text ?? '').split('.').flatMap((part) => {
    if (!/^-?\d{1,4}$/.test(part)) return []
    const at = Math.abs(Number(part)) - 1
    return columns[at]?.orderBy ? [{ at, descending: part.startsWith('-') }] : []
  })
  return asked.filter(({ at }, index) => asked.findIndex((other) => other.at === at) === index)
}

/** The path, the other way round where `descending` asks for it. */
function turned(path: string, descending: boolean): string {
  if (!descending) return path
  return path.startsWith('-') ? path.slice(1) : `-${path}`
}

/** Adds the key, unless the order tells every two rows apart already. */
function determined(meta: ModelMeta, paths: readonly string[]): readonly string[] {
  const isTotal = paths.some((path) => {
    const field = meta.field(path.replace(/^-/, ''))
    return field?.primaryKey || (field?.unique && !field.null)
  })
  return isTotal || paths.includes('?') ? paths : [...paths, '-pk']
}

function sortedBy(paths: readonly string[], columns: readonly DisplayColumn[]): SortedColumn[] {
  return paths.flatMap((path): SortedColumn[] => {
    for (const [at, { orderBy }] of columns.entries()) {
      if (orderBy === null) continue
      if (orderBy === path) return [{ at, descending: false }]
      if (turned(orderBy, true) === path) return [{ at, descending: true }]
    }
    return []
  })
}

/** The head of a column, with the links that sort by it. */
export function headOf(columns: readonly DisplayColumn[], at: number, order: ListOrder, query: ListQuery): Column {
  const { name, label, align, orderBy } = columns[at]!
  return { name, label, align, sort: orderBy === null ? null : sortOf(at, order, query) }
}

function sortOf(at: number, { sorted }: ListOrder, query: ListQuery): ColumnSort {
  const place = sorted.findIndex((column) => column.at === at)
  const own = sorted[place]
  const others = sorted.filter((column) => column.at !== at)
  // A column that is first already is turned round; one that comes later becomes first as it is.
  const next = { at, descending: own !== undefined && (place === 0 ? !own.descending : own.descending) }
  return {
    direction: own === undefined ? 'none' : own.descending ? 'descending' : 'ascending',
    priority: own === undefined ? null : place + 1,
    url: query.url({ [listParameters.order]: written([next, ...others]) }),
    removeUrl: own === undefined ? null : query.url({ [listParameters.order]: written(others) || null }),
  }
}

function written(columns: readonly SortedColumn[]): string {
  return columns.map(({ at, descending }) => `${descending ? '-' : ''}${at + 1}`).join('.')
}
