import { QueryDict } from '@nuages/http'
import { mayLook } from '../model-admin/permissions.ts'
import type { ModelScope } from '../site/page-scope.ts'

/** The parameter by which a change page leads back to the list as it was. Django's name. */
export const filtersParameter = '_changelist_filters'

/** The list that the visitor came from, with its filters. */
export function listReturn({ site, modelAdmin, request }: ModelScope): string {
  const url = site.modelUrl('changelist', modelAdmin.meta)
  const kept = request.query.get(filtersParameter)
  if (kept === undefined || kept === '' || modelAdmin.options.preserveFilters === false) return url
  return `${url}?${parsed(kept)}`
}

/** Written anew, so that nothing but a query string comes out. */
function parsed(text: string): string {
  try {
    return QueryDict.parse(text).toString()
  } catch {
    return ''
  }
}

/** Where somebody goes who has saved or deleted a row: the list, or the front page where they may not see it. */
export async function afterwards(scope: ModelScope): Promise<string> {
  return (await mayLook(scope.modelAdmin, scope.request)) ? listReturn(scope) : scope.site.url('index')
}
