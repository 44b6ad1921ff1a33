import { templateEngine } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { TemplateName } from '@nuages/templates'
import type { Crud, CrudLinks } from './crud.ts'
import type { CrudPageName } from './crud-options.ts'
import { stylesheetUrl } from './crud-stylesheet.ts'

/** What the templates of all pages see as `crud`. */
export interface CrudContext {
  /** What the template extends. */
  readonly base: TemplateName
  readonly stylesheet: string
  /** What one row is called, and several: the model's verbose names. */
  readonly singular: string
  readonly plural: string
  readonly links: CrudLinks
}

/** The file of a page's default template. */
function crudTemplate(name: string): URL {
  return new URL(`./templates/${name}.html`, import.meta.url)
}

/** The templates to try: where the view names none itself, the default one last. */
export function withCrudTemplate(
  view: { readonly templateName: TemplateName | undefined },
  names: readonly TemplateName[],
  name: string,
): readonly TemplateName[] {
  return view.templateName === undefined ? [...names, crudTemplate(name)] : names
}

export async function crudContext(
  crud: Crud,
  request: HttpRequest,
  page: CrudPageName,
  row?: object,
): Promise<CrudContext> {
  const project = templateEngine().has('base.html') ? 'base.html' : crudTemplate('base')
  return {
    base: crud.options.baseTemplate ?? project,
    stylesheet: stylesheetUrl(crud.base(request, page)),
    singular: crud.meta.verboseName,
    plural: crud.meta.verboseNamePlural,
    links: await crud.links(request, page, row),
  }
}
