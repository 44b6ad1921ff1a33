import type { ForeignKeyField, ManyToManyField, ModelMeta, ReverseField } from '@nuages/orm'
import { PrintedAutocomplete } from '../autocomplete/autocomplete-widget.ts'
import { relationEndpoint } from '../autocomplete/relation-endpoint.ts'
import { without } from '../change-list/list-query.ts'
import { allRowsOf } from '../model-admin/all-rows.ts'
import { rowOfKey } from '../model-admin/find-row.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyModel, AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { FieldFilter } from '../options/list-filter.ts'
import type { Filter } from '../pages/change-list-page.ts'
import { choiceFilter, type FilterOption } from './choices.ts'
import type { FilterScope, ListFilter } from './list-filter.ts'
import { parameterFilter } from './parameter-filter.ts'

/** What a filter over a relation is made of. */
export interface RelationFilterInit {
  readonly meta: ModelMeta
  readonly path: string
  readonly title: string
  readonly relation: ForeignKeyField | ManyToManyField | ReverseField
  /** The model that has the relation. */
  readonly owner: ModelMeta
  readonly as: FieldFilter<AnyModel>['as']
  /** How many related rows are shown as links. */
  readonly max: number
  readonly emptyLabel: string
}

/** Related rows: as links where they are few, else one is searched for. Django's `RelatedFieldListFilter`. */
export function relationFilter(init: RelationFilterInit): ListFilter {
  const { meta, path, relation } = init
  const exact = `${path}__${relation.target.pk.name}__exact`
  const isNull = `${path}__isnull`
  const parameters = mayBeNone(init) ? [exact, isNull] : [exact]
  return parameterFilter(meta, parameters, async (scope) => {
    if (init.as === 'lookup') return lookup(init, parameters, scope)
    const rows = await choosable(init, scope)
    if (rows.length > init.max) return lookup(init, parameters, scope)
    const options = rows.map((row): FilterOption => ({ label: rowLabel(row), parameters: { [exact]: String(row.pk) } }))
    if (mayBeNone(init)) options.push({ label: init.emptyLabel, parameters: { [isNull]: 'True' } })
    return options.length < 2 ? null : choiceFilter({ ...init, name: path, parameters, options }, scope.query)
  })
}

function mayBeNone({ relation }: RelationFilterInit): boolean {
  return !('null' in relation) || relation.null
}

/** The related rows in their order, one more than are shown at most: a large table is neither sorted nor read. */
function choosable({ meta, path, relation, as, max }: RelationFilterInit, { site, request }: FilterScope): AnyQuerySet {
  const { target } = relation
  const modelAdmin = site.modelAdminOf(target)
  const all = modelAdmin?.rows(request) ?? allRowsOf(target)
  // What rows that are not shown name is not shown either.
  const named = (site.modelAdminOf(meta)?.rows(request) ?? allRowsOf(meta))
    .filter({ [`${path}__isnull`]: false })
    .valuesList(path, { flat: true })
  // A queryset as a value is a subquery.
  const rows = as === 'links' ? all.filter({ pk__in: named }) : all
  const ordering = modelAdmin?.options.getOrdering?.(request) ?? modelAdmin?.options.ordering ?? target.orderingPaths
  const some = rows.orderBy().slice(0, max + 1)
  return all.filter({ pk__in: some }).orderBy(...(ordering.length > 0 ? ordering : ['pk']))
}

async function lookup(init: RelationFilterInit, parameters: readonly string[], scope: FilterScope): Promise<Filter> {
  const { site, query } = scope
  const [exact] = parameters as [string]
  const options = mayBeNone(init) ? [{ label: init.emptyLabel, parameters: { [`${init.path}__isnull`]: 'True' } }] : []
  const links = choiceFilter({ ...init, name: init.path, parameters, options }, query)
  const chosen = await chosenRow(init, query.get(exact), scope)
  const id = `filter_${init.path}`
  const widget = new PrintedAutocomplete({
    name: exact,
    attributes: { id },
    value: query.get(exact) ?? '',
    chosen: chosen === null ? [] : [{ key: String(chosen.pk), text: rowLabel(chosen), url: null }],
    multiple: false,
    placeholder: '',
    ...relationEndpoint(site, init.owner, init.relation),
  })
  return {
    ...links,
    kind: 'lookup',
    current: chosen === null ? links.current : rowLabel(chosen),
    lookup: { widget, id, hidden: query.hidden(parameters) },
    clearUrl: links.active ? query.url(without(parameters)) : null,
  }
}

/** Who sees a row of the other model's admin learns what it is called; of any other, its key is shown that they brought along. */
async function chosenRow(
  { relation: { target } }: RelationFilterInit,
  text: string | undefined,
  { site, request }: FilterScope,
): Promise<AnyRow | null> {
  if (text === undefined) return null
  return rowOfKey(site.modelAdminOf(target)?.rows(request) ?? allRowsOf(target), text)
}
