import { mayLook } from '../model-admin/permissions.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { Link } from '../pages/printable.ts'
import type { ModelScope } from '../site/page-scope.ts'

/** Links to the lists of what belongs to a row, of the models whose `linkedFrom` says so, as far as the user may see them. */
export async function linkedLists({ site, request, modelAdmin }: ModelScope, row: AnyRow): Promise<readonly Link[]> {
  const { meta } = modelAdmin
  const links: Link[] = []
  for (const other of site.modelAdmins()) {
    for (const [relation, label] of Object.entries(other.options.linkedFrom ?? {})) {
      if (label === undefined || other.meta.relation(relation)?.target !== meta) continue
      if (!(await mayLook(other, request))) continue
      const narrowed = { [`${relation}__${meta.pk.name}__exact`]: String(row.pk) }
      links.push({ label, url: site.modelUrl('changelist', other.meta, narrowed) })
    }
  }
  return links
}
