import type { HttpRequest } from '@nuages/http'
import { type ForeignKeyField, type ManyToManyField, ReverseField, type RuntimeModel } from '@nuages/orm'
import { filteredPaths } from '../filters/build-filters.ts'
import { type Guarded, mayLook, mayUser } from '../model-admin/permissions.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { FormOptions } from '../options/form-options.ts'
import type { ListOptions } from '../options/list-options.ts'
import type { PageScope } from '../site/page-scope.ts'

export type AnyRelation = ForeignKeyField | ManyToManyField | ReverseField

/** Where a relation may be filled in or filtered by: the admin of its model, or an inline. */
interface Filled extends Guarded {
  readonly options: Guarded['options'] & FormOptions<AnyModel> & ListOptions<AnyModel>
}

/**
 * Whether the user may see the rows that a relation leads to, where these have no admin of their own: those may who see a form
 * or a filter that has the relation, which is any that does not leave it out.
 */
export async function mayFill(scope: PageScope, relation: AnyRelation): Promise<boolean> {
  const { request } = scope
  for (const filled of filledWith(scope, relation)) {
    if (!has(filled, relation, request)) continue
    if ((await mayUser(filled, 'add', request)) || (await mayLook(filled, request))) return true
  }
  return false
}

function filledWith({ site }: PageScope, { meta }: AnyRelation): readonly Filled[] {
  const own = site.modelAdminOf(meta)
  const inlines = site
    .modelAdmins()
    .flatMap(({ options }) => options.inlines ?? [])
    .filter(({ model }) => (model as RuntimeModel).meta === meta)
    .map(({ options }) => ({ meta, options: options as unknown as Filled['options'] }))
  return own === undefined ? inlines : [own, ...inlines]
}

function has({ options }: Filled, relation: AnyRelation, request: HttpRequest): boolean {
  const { name } = relation
  const isLeftOut = options.exclude?.some((excluded) => excluded === name) ?? false
  if (!(relation instanceof ReverseField) && !isLeftOut) return true
  return filteredPaths(options.getListFilter?.(request) ?? options.listFilter ?? []).includes(name)
}
