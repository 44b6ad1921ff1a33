import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { Kwargs } from '@nuages/urls'

/** Where the URL says which row a view is about. */
export interface ObjectLookup {
  readonly request: HttpRequest
  readonly params: unknown
  readonly pkUrlKwarg: string
  readonly slugUrlKwarg: string
  readonly slugField: string
  readonly queryPkAndSlug: boolean
}

/** The conditions for the row that the URL names. Throws `ImproperlyConfigured` where it names none. */
export function lookupConditions(view: ObjectLookup): Readonly<Record<string, unknown>> {
  const params = view.params as Kwargs
  const pk = params[view.pkUrlKwarg]
  const slug = params[view.slugUrlKwarg]
  if (pk === undefined && slug === undefined) {
    throw new ImproperlyConfigured(
      `${view.constructor.name} needs '${view.pkUrlKwarg}' or '${view.slugUrlKwarg}' from the URL. ` +
        `The route '${view.request.resolverMatch?.route ?? ''}' gives: ${Object.keys(params).join(', ') || 'nothing'}. ` +
        'Name a parameter so, set pkUrlKwarg or slugUrlKwarg, or override getObject().',
    )
  }
  const bySlug = slug !== undefined && (pk === undefined || view.queryPkAndSlug)
  return { ...(pk === undefined ? {} : { pk }), ...(bySlug ? { [view.slugField]: slug } : {}) }
}
