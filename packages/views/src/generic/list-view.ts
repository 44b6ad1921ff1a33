import { Http404, type HttpResponse } from '@nuages/http'
import type { FieldsOf, Instance } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import type { Kwargs } from '@nuages/urls'
import { InvalidPage } from '../errors.ts'
import type { Page } from '../pagination/page.ts'
import { Paginator } from '../pagination/paginator.ts'
import type { Paginatable, RowSource } from '../pagination/row-source.ts'
import type { View } from '../view.ts'
import type { CheckedListOptions, ListOptions } from './listing/list-options.ts'
import { Listing, type ListingContext } from './listing/listing.ts'
import { type QuerySource, querySource } from './query-source.ts'
import { TemplateResponseView, type ViewContext } from './template-response-view.ts'
import { defaultTemplate, modelView, type ViewModel, variableName } from './view-model.ts'

/** What the template of a list sees, besides the rows under the model's name (`postList`). */
export type ListContext<Row> = ViewContext &
  ListingContext & {
    /** The rows of this page, or all. */
    readonly objectList: readonly Row[]
    readonly paginator: Paginator<Row> | null
    readonly pageObj: Page<Row> | null
    /** Whether there is more than one page. */
    readonly isPaginated: boolean
  }

/** The class that `ListView` makes. Django's `ListView`. */
export abstract class ModelListView<M extends ViewModel, P = Kwargs> extends TemplateResponseView<P> {
  declare readonly model: M
  /** What the query string may ask: the second argument of `ListView`. */
  declare readonly listOptions: ListOptions
  /** The rows to show, where they are not all: copied for each request. */
  queryset: RowSource<Instance<M>> | undefined = undefined
  /** Replaces the order of the queryset: `'-publishedAt'`, or several. */
  ordering: string | readonly string[] | undefined = undefined
  /** Rows a page; without it there are no pages. */
  paginateBy: number | undefined = undefined
  /** A last page of this many rows or fewer joins the page before it. */
  paginateOrphans = 0
  /** The parameter of the URL, or of the query, that holds the page's number. */
  pageKwarg = 'page'
  /** `false` answers 404 where there are no rows. */
  allowEmpty = true
  /** The parameter of the query that holds the words to search for. */
  searchKwarg = 'q'
  /** The parameter of the query that holds the order. */
  orderingKwarg = 'ordering'
  /** What the template calls the rows besides `objectList`; `postList` if left out. */
  contextObjectName: string | undefined = undefined
  templateNameSuffix = '_list'
  /** The rows that are shown. They are there before `getContextData` is called, as is `pageObj`. */
  objectList: readonly Instance<M>[] = []
  /** The page that is shown, if there are pages. */
  pageObj: Page<Instance<M>> | null = null

  #listing: Listing | undefined

  /** What the request asks of the list, as far as `listOptions` allow it. */
  get listing(): Listing {
    const kwargs = { search: this.searchKwarg, ordering: this.orderingKwarg }
    this.#listing ??= new Listing(this.model, this.listOptions, this.request.query, kwargs)
    return this.#listing
  }

  /** The rows to show. It is synchronous: a queryset that an `async` function returned would run there. */
  getQueryset(): Paginatable<Instance<M>> {
    const rows = (this.queryset ?? this.model.objects) as QuerySource<Instance<M>>
    const ordering = this.getOrdering()
    const all = rows.all()
    return ordering === undefined ? all : all.orderBy(...(typeof ordering === 'string' ? [ordering] : ordering))
  }

  getOrdering(): string | readonly string[] | undefined {
    return this.ordering
  }

  getPaginateBy(): number | undefined {
    return this.paginateBy
  }

  getPaginator(rows: Paginatable<Instance<M>>, perPage: number): Paginator<Instance<M>> {
    return new Paginator(rows, perPage, { orphans: this.paginateOrphans, allowEmptyFirstPage: this.allowEmpty })
  }

  getContextObjectName(): string {
    return this.contextObjectName ?? `${variableName(this.model)}List`
  }

  override getTemplateNames(): readonly TemplateName[] {
    return [this.templateName ?? defaultTemplate(this.model, this.templateNameSuffix)]
  }

  /** The page that the request asks for, by number or as `last`. Throws `Http404` where there is none. */
  async getPage(paginator: Paginator<Instance<M>>): Promise<Page<Instance<M>>> {
    await paginator.load()
    const asked = (this.params as Kwargs)[this.pageKwarg] ?? this.request.query.get(this.pageKwarg) ?? 1
    try {
      return await paginator.page(asked === 'last' ? Math.max(1, paginator.numPages) : (asked as string | number))
    } catch (error) {
      if (error instanceof InvalidPage) throw new Http404(`Invalid page. ${error.message}`, { cause: error })
      throw error
    }
  }

  override async getContextData(): Promise<ListContext<Instance<M>>> {
    const { objectList, pageObj, listing } = this
    const own = {
      filters: listing.filters,
      search: listing.search,
      orderings: listing.orderings,
      isFiltered: listing.isFiltered,
      objectList,
      [this.getContextObjectName()]: objectList,
      paginator: pageObj?.paginator ?? null,
      pageObj,
      isPaginated: pageObj?.hasOtherPages() ?? false,
    }
    return { ...own, ...(await super.getContextData()) }
  }

  async get(): Promise<HttpResponse> {
    await this.loadRows(this.filterRows(this.getQueryset()))
    return this.renderToResponse(await this.getContextData())
  }

  /** What is left of the rows after the filters that the request asks for, and in its order. */
  protected filterRows(rows: Paginatable<Instance<M>>): Paginatable<Instance<M>> {
    if (Object.keys(this.listOptions).length === 0) return rows
    const ordering = this.getOrdering() ?? []
    const terms = typeof ordering === 'string' ? [ordering] : ordering
    return this.listing.apply(querySource(this, rows, 'filtering'), terms)
  }

  /** Reads the rows, or the page of them that the request asks for. Throws `Http404` where there must be some. */
  protected async loadRows(rows: Paginatable<Instance<M>>): Promise<void> {
    const perPage = this.getPaginateBy()
    if (perPage === undefined) {
      this.objectList = await rows
    } else {
      this.pageObj = await this.getPage(this.getPaginator(rows, perPage))
      this.objectList = this.pageObj.objectList
    }
    if (!this.allowEmpty && this.objectList.length === 0) {
      throw new Http404(
        `There is no ${variableName(this.model)}, and ${this.constructor.name} does not allow an empty list.`,
      )
    }
  }
}

/** The constructor that `ListView(Post)` gives: `extends ListView(Post)<{ slug: string }>` states the URL's parameters. */
export interface ListViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelListView<M, P>
  readonly asView: typeof View.asView
}

/**
 * A page of a model's rows, or all of them:
 *
 * ```ts
 * class PostList extends ListView(Post) {
 *   override paginateBy = 10
 *   override getQueryset() {
 *     return Post.objects.filter({ isDraft: false })
 *   }
 * }
 * ```
 *
 * The template is `<app>/<model>_list.html`; it sees `objectList`, `postList`, `pageObj`, `paginator`, `isPaginated` and `view`.
 * A page that does not exist is a 404.
 *
 * `options` say what the query string may ask: `ListView(Post, { filterFields: ['author'], searchFields: ['title'],
 * orderingFields: ['publishedAt'] })` answers `?author=3&q=fog&ordering=-publishedAt`.
 */
export function ListView<M extends ViewModel, const O extends ListOptions = {}>(
  model: M,
  options?: O & CheckedListOptions<FieldsOf<M>, O>,
): ListViewClass<M> {
  const made = class extends ModelListView<M> {}
  Object.defineProperty(made.prototype, 'listOptions', { value: options ?? {} })
  return modelView(model, 'ListView', made) as unknown as ListViewClass<M>
}
