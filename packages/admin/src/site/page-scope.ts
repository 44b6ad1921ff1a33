import type { HttpRequest } from '@nuages/http'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import type { SiteRegistry } from './site-registry.ts'

/** What every page knows: its site and its request. */
export interface PageScope {
  readonly site: SiteRegistry
  readonly request: HttpRequest
}

/** What a page about a model knows. */
export interface ModelScope extends PageScope {
  readonly modelAdmin: ModelAdmin
}

/** Whether the page was opened by the script to choose or add a related row. */
export function isPopup({ request }: PageScope): boolean {
  return request.query.has('_popup')
}
