import { Http404, type HttpResponse } from '@nuages/http'
import type { ModelScope, PageScope } from './page-scope.ts'

/** What an address about a model says. */
export interface ModelParams {
  readonly app: string
  readonly model: string
}

/** A page about a registered model; 404 where the address names none. */
export function modelView<Params extends ModelParams>(
  view: (scope: ModelScope, params: Params) => HttpResponse | Promise<HttpResponse>,
): (scope: PageScope, params: Params) => HttpResponse | Promise<HttpResponse> {
  return (scope, params) => {
    const modelAdmin = scope.site.findModelAdmin(params.app, params.model)
    if (modelAdmin === undefined) throw new Http404(`There is no '${params.app}/${params.model}' here.`)
    return view({ ...scope, modelAdmin }, params)
  }
}

/** What an address about a row says. */
export interface RowParams extends ModelParams {
  /** As `quoteKey` wrote it. */
  readonly key: string
}
