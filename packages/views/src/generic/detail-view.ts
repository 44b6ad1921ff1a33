import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpResponse } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import type { Kwargs } from '@nuages/urls'
import type { RowSource } from '../pagination/row-source.ts'
import { getObjectOr404 } from '../shortcuts/get-object-or-404.ts'
import type { View } from '../view.ts'
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
    return ((this.queryset ?? this.model.objects) as LookupSource<Instance<M>>).all()
  }

  /** The row that the URL names. Throws `Http404` where there is none. */
  getObject(): Promise<Instance<M>> {
    return getObjectOr404(this.lookupRows() as never, this.#conditions() as never)
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

  #conditions(): Readonly<Record<string, unknown>> {
    const params = this.params as Kwargs
    const pk = params[this.pkUrlKwarg]
    const slug = params[this.slugUrlKwarg]
    if (pk === undefined && slug === undefined) {
      throw new ImproperlyConfigured(
        `${this.constructor.name} needs '${this.pkUrlKwarg}' or '${this.slugUrlKwarg}' from the URL. ` +
          `The route '${this.request.resolverMatch?.route ?? ''}' gives: ${Object.keys(params).join(', ') || 'nothing'}. ` +
          'Name a parameter so, set pkUrlKwarg or slugUrlKwarg, or override getObject().',
      )
    }
    const bySlug = slug !== undefined && (pk === undefined || this.queryPkAndSlug)
    return { ...(pk === undefined ? {} : { pk }), ...(bySlug ? { [this.slugField]: slug } : {}) }
  }
}

/** What a view needs of a queryset that the types of the model's own say better. */
interface LookupSource<Row> extends RowSource<Row> {
  all(): LookupSource<Row>
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
