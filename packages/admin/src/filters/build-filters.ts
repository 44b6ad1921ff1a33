import { Field, ForeignKeyField } from '@nuages/orm'
import { followPath, verboseNameOf } from '../columns/resolve-column.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import { capitalised } from '../model-admin/words.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { FieldFilter, FilterSpec } from '../options/list-filter.ts'
import type { SiteRegistry } from '../site/site-registry.ts'
import { customFilter } from './custom-filter.ts'
import { emptyFilter } from './empty-filter.ts'
import { booleanFilter, choicesFilter, dateFilter, type FieldFilterInit, valuesFilter } from './field-filters.ts'
import type { ListFilter } from './list-filter.ts'
import { relationFilter } from './relation-filter.ts'

/** How many related rows a filter shows as links, unless the options say. */
const usualMax = 30

/** The filters that `listFilter` names. Throws `AdminOptionError` for a path that does not exist. */
export function buildFilters(
  modelAdmin: ModelAdmin,
  specs: readonly FilterSpec<AnyModel>[],
  site: SiteRegistry,
): readonly ListFilter[] {
  return specs.map((spec) => {
    if (typeof spec !== 'string' && 'parameterName' in spec) return customFilter(spec)
    return fieldFilter(modelAdmin, typeof spec === 'string' ? { path: spec } : spec, site)
  })
}

function fieldFilter(modelAdmin: ModelAdmin, spec: FieldFilter<AnyModel>, site: SiteRegistry): ListFilter {
  const { meta, options } = modelAdmin
  const { path, as = 'auto' } = spec
  const { members, leaf, owner } = followPath(meta, path, 'listFilter')
  const title = spec.title ?? capitalised(members.map(verboseNameOf).join(' '))
  const emptyLabel = options.emptyValueDisplay ?? site.emptyValueDisplay
  const isRelation = !(leaf instanceof Field) || (leaf instanceof ForeignKeyField && path.endsWith(leaf.name))
  if (isRelation && as !== 'empty') {
    const relation = leaf as Exclude<typeof leaf, Field> | ForeignKeyField
    const max = options.listFilterMax ?? usualMax
    return relationFilter({ meta, path, title, relation, owner, as, max, emptyLabel })
  }
  const field = leaf instanceof Field ? leaf : leaf.target.pk
  const init = { meta, path, title, field, emptyLabel }
  return as === 'empty' ? emptyFilter(init) : columnFilter(init, modelAdmin)
}

function columnFilter(init: FieldFilterInit, modelAdmin: ModelAdmin): ListFilter {
  const { field } = init
  if (field.options.choices !== undefined) return choicesFilter(init)
  if (field.kind === 'boolean') return booleanFilter(init)
  if (field.kind === 'date' || field.kind === 'dateTime') return dateFilter(init)
  return valuesFilter(init, modelAdmin)
}

/** The paths that `listFilter` filters by: other lookups on them may stand in the query string too. */
export function filteredPaths(specs: readonly FilterSpec<AnyModel>[]): readonly string[] {
  return specs.flatMap((spec) => {
    if (typeof spec === 'string') return [spec]
    return 'path' in spec ? [spec.path] : []
  })
}
