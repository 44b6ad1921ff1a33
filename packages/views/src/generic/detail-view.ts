import type { HttpResponse } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import type { Kwargs } from '@nuages/urls'
import type { RowSource } from '../pagination/row-source.ts'
import { getObjectOr404 } from '../shortcuts/get-object-or-404.ts'
import type { View } from '../view.ts'
import { lookupConditions } from './object-lookup.ts'
import type { QuerySource } from './query-source.ts'
import { TemplateResponseView, type ViewContext } from './template-response-view.ts'
import { defaultTemplate, modelView, type ViewModel, variableName } from './view-model.ts'

/** What the template of one row sees, besides the row under the model's name (`post`). */
export type DetailContext<Row> = ViewContext & {
  readonly object: Row
}

/** The class that `DetailView` makes. Django's `DetailView`. */
export abstract class ModelDetailView<M extends ViewModel, P = Kwargs> extends TemplateResponseView<P> {
  declare readonly model: M
  /** The rows to look in, where they are not all. */
  queryset: RowSource<Instance<M>> | undefined = undefined
  /** The parameter of the URL that holds the primary key. */
  pkUrlKwarg = 'pk'
  /** The parameter of the URL that holds the slug. */
  slugUrlKwarg = 'slug'
  /** The field that the slug is looked for in. */
  slugField = 'slug'
  /** With both parameters in the URL, whether the row must have both: so nobody can guess keys. */
  queryPkAndSlug = false
  /** What the template calls the row besides `object`; `post` if left out. */
  contextObjectName: string | undefined = undefined
  templateNameSuffix = '_detail'
  /** The row that is shown. It is there before `getContextData` is called. */
  object!: Instance<M>

  /** The rows to look in. It is synchronous: a queryset that an `async` function returned would run there. */
  getQueryset(): RowSource<Instance<M>> {
    return ((this.queryset ?? this.model.objects) as QuerySource<Instance<M>>).all()
  }

  /** The row that the URL names. Throws `Http404` where there is none. */
  getObject(): Promise<Instance<M>> {
    return getObjectOr404(this.lookupRows() as never, lookupConditions(this) as never)
  }

  getContextObjectName(): string {
    return this.contextObjectName ?? variableName(this.model)
  }

  override getTemplateNames(): readonly TemplateName[] {
    return [this.templateName ?? defaultTemplate(this.model, this.templateNameSuffix)]
  }

  override async getContextData(): Promise<DetailContext<Instance<M>>> {
    const own = { object: this.object, [this.getContextObjectName()]: this.object }
    return { ...own, ...(await super.getContextData()) }
  }

  /** What `getObject` looks in: what `getQueryset()` gives, and in some views less. */
  protected lookupRows(): RowSource<Instance<M>> {
    return this.getQueryset()
  }

  async get(): Promise<HttpResponse> {
    this.object = await this.getObject()
    return this.renderToResponse(await this.getContextData())
  }
}

/** The constructor that `DetailView(Post)` gives: `extends DetailView(Post)<{ slug: string }>` states the URL's parameters. */
export interface DetailViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelDetailView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The page of one row, found by the `pk` or the `slug` of the URL: `class PostDetail extends DetailView(Post) {}`. The template
 * is `<app>/<model>_detail.html`; it sees `object`, `post` and `view`. A row that does not exist is a 404.
 */
export function DetailView<M extends ViewModel>(model: M): DetailViewClass<M> {
  return modelView(model, 'DetailView', class extends ModelDetailView<M> {}) as unknown as DetailViewClass<M>
}
