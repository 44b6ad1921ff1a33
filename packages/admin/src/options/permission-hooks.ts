import type { HttpRequest } from '@nuages/http'
import type { Instance } from '@nuages/orm'

type Answer = boolean | Promise<boolean>

/**
 * Who may do what. Each is asked with the row, or with `null` about rows in general, and with `allowed`, what the user's
 * permissions say: `hasChangePermission: async (request, post, allowed) => (await allowed()) && (post === null || …)`.
 */
export interface PermissionHooks<M> {
  /** Whether the model is on the index at all. */
  readonly hasModulePermission?: (request: HttpRequest, allowed: () => Promise<boolean>) => Answer
  readonly hasViewPermission?: (
    request: HttpRequest,
    row: Instance<M> | null,
    allowed: () => Promise<boolean>,
  ) => Answer
  readonly hasAddPermission?: (request: HttpRequest, allowed: () => Promise<boolean>) => Answer
  readonly hasChangePermission?: (
    request: HttpRequest,
    row: Instance<M> | null,
    allowed: () => Promise<boolean>,
  ) => Answer
  readonly hasDeletePermission?: (
    request: HttpRequest,
    row: Instance<M> | null,
    allowed: () => Promise<boolean>,
  ) => Answer
}

/** Who may do what in an inline. Where the others are asked with a row, these are with the row of the page. */
export interface InlinePermissionHooks extends Pick<PermissionHooks<object>, 'hasAddPermission'> {
  readonly hasViewPermission?: ParentHook
  readonly hasChangePermission?: ParentHook
  readonly hasDeletePermission?: ParentHook
}

/** `parent` is `null` while the row of the page is added. */
type ParentHook = (request: HttpRequest, parent: object | null, allowed: () => Promise<boolean>) => Answer
