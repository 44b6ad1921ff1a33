import type { ModelMeta, RuntimeModel } from '@nuages/orm'
import { mayLook } from '../model-admin/permissions.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { PageScope } from '../site/page-scope.ts'

/** Gives the change pages of rows of these models, as far as the user may open them. */
export async function rowLinks(
  { site, request }: PageScope,
  metas: Iterable<ModelMeta>,
): Promise<(row: AnyRow) => string | null> {
  const open = new Set<ModelMeta>()
  for (const meta of new Set(metas)) {
    const modelAdmin = site.modelAdminOf(meta)
    if (modelAdmin !== undefined && (await mayLook(modelAdmin, request))) open.add(meta)
  }
  return (row) => {
    const { meta } = row.constructor as unknown as RuntimeModel
    return open.has(meta) ? site.rowUrl('change', meta, row.pk) : null
  }
}
