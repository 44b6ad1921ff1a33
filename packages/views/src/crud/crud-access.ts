import { ImproperlyConfigured } from '@nuages/foundation'
import { HttpError, type HttpRequest, HttpResponse } from '@nuages/http'
import type { CrudPageName } from './crud-options.ts'

/** A view, whatever it takes. */
export type CrudView = (request: HttpRequest, params: never) => HttpResponse | Promise<HttpResponse>

/** Makes a view ask first: `loginRequired`, `permissionRequired('blog.add_post')`. */
export type CrudGuard = (view: CrudView) => CrudView

/** Who may use a page: whom a guard lets through, or anyone. */
export type CrudAccess = CrudGuard | 'anyone'

/** Who may use the pages: the same for all, or each its own. Pages that only show rows are for anyone if they are left out. */
export type CrudAccesses = CrudAccess | CrudAccessByPage

/** Who may use each page. */
export interface CrudAccessByPage extends Partial<Readonly<Record<CrudPageName, CrudAccess>>> {}

const writing = ['create', 'update', 'delete'] as const satisfies readonly CrudPageName[]

/** The same, for who writes it down: each page that changes rows is named, unless `Views` leaves it out. */
export type CheckedAccesses<Views> =
  | CrudAccess
  | (CrudAccessByPage & {
      readonly [Page in (typeof writing)[number] as Views extends { readonly [Left in Page]: false }
        ? never
        : Page]: CrudAccess
    })

/** The guard of each of `pages`. Throws `ImproperlyConfigured` for a page that changes rows and is open by omission. */
export function guardsOf(
  access: CrudAccesses | undefined,
  pages: readonly CrudPageName[],
  where: string,
): ReadonlyMap<CrudPageName, CrudGuard | undefined> {
  const guards = new Map<CrudPageName, CrudGuard | undefined>()
  for (const page of pages) {
    const own = typeof access === 'object' ? access[page] : access
    if (own === undefined && writing.some((name) => name === page)) {
      throw new ImproperlyConfigured(
        `${where}: access does not say who may use the page '${page}', which changes rows. Give it a guard such as ` +
          `{ access: { ${page}: permissionRequired('…') } }, say 'anyone', or leave the page out: { views: { ${page}: false } }.`,
      )
    }
    guards.set(page, own === 'anyone' ? undefined : own)
  }
  return guards
}

/** Whether the guard lets this request through, so that a page shows no link to what would refuse it. */
export async function letsThrough(guard: CrudGuard | undefined, request: HttpRequest): Promise<boolean> {
  if (guard === undefined) return true
  let reached = false
  const probe = (): HttpResponse => {
    reached = true
    return new HttpResponse('')
  }
  try {
    await guard(probe)(request, request.resolverMatch?.params as never)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
  }
  return reached
}
