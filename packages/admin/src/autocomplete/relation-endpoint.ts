import type { ForeignKeyField, ManyToManyField, ModelMeta, ReverseField } from '@nuages/orm'
import type { SiteRegistry } from '../site/site-registry.ts'

/** Where the rows of a relation are searched for, and where its keys can be looked up. */
export function relationEndpoint(
  site: SiteRegistry,
  owner: ModelMeta,
  relation: ForeignKeyField | ManyToManyField | ReverseField,
): { readonly url: string; readonly lookupUrl: string | null } {
  const { target } = relation
  const url = site.url('autocomplete', {}, { app: owner.appLabel, model: owner.modelName, field: relation.name })
  const lookupUrl = site.modelAdminOf(target) === undefined ? null : site.modelUrl('changelist', target)
  return { url, lookupUrl }
}
