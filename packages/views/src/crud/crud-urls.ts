import type { EditableName } from '@nuages/forms'
import { path, type UrlEntry } from '@nuages/urls'
import type { ViewModel } from '../generic/view-model.ts'
import { requireSafe } from '../require-http-methods.ts'
import { Crud } from './crud.ts'
import type { AnyCrudOptions, CrudOptions, CrudPageName, CrudViews } from './crud-options.ts'
import type { CrudPatterns } from './crud-patterns.ts'
import { serveStylesheet, stylesheetRoute } from './crud-stylesheet.ts'
import { crudView } from './crud-views.ts'

/**
 * The pages of a model, with their routes: a list, a page for each row, and forms to make, change and delete one.
 *
 * ```ts
 * path('posts/', include(crudUrls(Post, { fields: ['title', 'body'], access: loginRequired }), { namespace: 'posts' }))
 * ```
 *
 * | page | route | name | template |
 * | --- | --- | --- | --- |
 * | `list` | `` | `posts:list` | `blog/post_list.html` |
 * | `create` | `add/` | `posts:create` | `blog/post_form.html` |
 * | `detail` | `<int:pk>/` | `posts:detail` | `blog/post_detail.html` |
 * | `update` | `<int:pk>/edit/` | `posts:update` | `blog/post_form.html` |
 * | `delete` | `<int:pk>/delete/` | `posts:delete` | `blog/post_confirm_delete.html` |
 *
 * A template that the project does not have is one of this package. Each page may be replaced or left out (`views`), and
 * `access` says who may use it: pages that change rows are open to `'anyone'` only where that is written down.
 */
export function crudUrls<
  M extends ViewModel,
  const Name extends EditableName<M>,
  const Columns extends readonly string[] = [],
  const Filters extends readonly string[] | Readonly<Record<string, string>> = [],
  const Texts extends readonly string[] = [],
  const Orders extends readonly string[] = [],
  const Prefix extends string = '',
  const RouteName extends string = '',
  const Lookup extends string = '<int:pk>',
  const Views extends CrudViews = {},
>(
  model: M,
  options: CrudOptions<M, Name, Columns, Filters, Texts, Orders, Prefix, RouteName, Lookup, Views>,
): CrudPatterns<Prefix, RouteName, Lookup, Views> {
  const given = options as unknown as AnyCrudOptions
  const crud = new Crud(model, given)
  const { prefix = '', lookup = '<int:pk>' } = given
  const row = `${prefix}${lookup}/`
  const routes: Readonly<Record<CrudPageName, string>> = {
    list: prefix,
    create: `${prefix}add/`,
    detail: row,
    update: `${row}edit/`,
    delete: `${row}delete/`,
  }
  const add = path as unknown as (route: string, view: unknown, name?: string) => UrlEntry
  const pages = crud.pages.map((page) => add(routes[page], crudView(crud, page), nameOf(given, page)))
  return [add(`${prefix}${stylesheetRoute}`, requireSafe(serveStylesheet)), ...pages] as never
}

function nameOf({ name }: AnyCrudOptions, page: CrudPageName): string {
  return name === undefined ? page : `${name}-${page}`
}
