import { Http404, type HttpResponse, PermissionDenied } from '@nuages/http'
import { findRow } from '../model-admin/find-row.ts'
import { mayUser } from '../model-admin/permissions.ts'
import type { RowParams } from './model-view.ts'
import type { ModelScope } from './page-scope.ts'

/** A page of the project's own, under a row. */
export async function objectPageView(
  scope: ModelScope,
  { key, page }: RowParams & { readonly page: string },
): Promise<HttpResponse> {
  const { modelAdmin, request } = scope
  const { pages = {} } = modelAdmin.options
  const own = Object.hasOwn(pages, page) ? pages[page] : undefined
  if (own === undefined) throw new Http404('There is no such page.')
  const row = await findRow(scope, key)
  if (await mayUser(modelAdmin, own.permission ?? 'change', request, row)) return own.view(request, row as never, scope)
  throw new PermissionDenied(`You may not do this with this ${modelAdmin.meta.verboseName}.`)
}
