import type { HttpRequest, HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { expectTypeOf } from 'vitest'
import {
  DetailView,
  getListOr404,
  getObjectOr404,
  ListView,
  type Page,
  Paginator,
  RedirectView,
  redirect,
  requireSafe,
  TemplateView,
  View,
} from '../src/index.ts'
import { Author, LongBook } from './project/library/models.ts'

declare const response: HttpResponse

// A view's parameters are checked against its route.
class Year extends View<{ year: number }> {
  get(): HttpResponse {
    expectTypeOf(this.params).toEqualTypeOf<{ year: number }>()
    expectTypeOf(this.request).toEqualTypeOf<HttpRequest>()
    return response
  }
}
path('<int:year>/', Year.asView(), 'year')
// @ts-expect-error: the route gives text
path('<slug:year>/', Year.asView())
// @ts-expect-error: the route gives nothing
path('year/', Year.asView())

// asView knows the properties.
TemplateView.asView({ templateName: 'a.html', extraContext: { a: 1 } })
RedirectView.asView({ patternName: 'year', permanent: true })
Year.asView({ httpMethodNames: ['get'] })
// @ts-expect-error: no such property
TemplateView.asView({ templateNam: 'a.html' })
// @ts-expect-error: a wrong type
RedirectView.asView({ permanent: 'yes' })
// @ts-expect-error: a template for a redirect
RedirectView.asView({ templateName: 'a.html' })

// Generic views know their model.
class Books extends ListView(LongBook) {
  override paginateBy = 10

  override getQueryset() {
    return LongBook.objects.filter({ pages__gt: 1 }).selectRelated('author')
  }

  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.objectList).toEqualTypeOf<readonly LongBook[]>()
    expectTypeOf(context.pageObj).toEqualTypeOf<Page<LongBook> | null>()
    expectTypeOf(context.paginator).toEqualTypeOf<Paginator<LongBook> | null>()
    expectTypeOf(context.isPaginated).toEqualTypeOf<boolean>()
    expectTypeOf(this.objectList).toEqualTypeOf<readonly LongBook[]>()
    expectTypeOf(this.model).toEqualTypeOf<typeof LongBook>()
    // @ts-expect-error: the context has no such name
    context.objectLits
    return { ...context, extra: 1 }
  }
}
path('books/', Books.asView())
path('books/<int:page>/', Books.asView())
path('authors/', ListView(Author).asView({ paginateBy: 3, allowEmpty: false }))
// @ts-expect-error: pages are numbers
ListView(Author).asView({ paginateBy: '3' })

class BooksBy extends ListView(LongBook)<{ name: string }> {
  override getQueryset() {
    expectTypeOf(this.params.name).toEqualTypeOf<string>()
    return LongBook.objects.filter({ author__name: this.params.name })
  }
}
path('by/<name>/', BooksBy.asView())
// @ts-expect-error: a number
path('by/<int:name>/', BooksBy.asView())

class Wrong extends ListView(LongBook) {
  // @ts-expect-error: rows of another model
  override getQueryset() {
    return Author.objects.all()
  }
}

class Book extends DetailView(LongBook) {
  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.object).toEqualTypeOf<LongBook>()
    expectTypeOf(this.object).toEqualTypeOf<LongBook>()
    // @ts-expect-error: the model has no such field
    this.object.titel
    return context
  }
}
path('book/<slug:slug>/', Book.asView())

// Shortcuts know the rows.
expectTypeOf(getObjectOr404(LongBook, { slug: 'a' })).toEqualTypeOf<Promise<LongBook>>()
expectTypeOf(getObjectOr404(LongBook.objects.filter({ pages: 1 }))).toEqualTypeOf<Promise<LongBook>>()
expectTypeOf(getListOr404(LongBook, { author__name: 'a' })).toEqualTypeOf<Promise<readonly LongBook[]>>()
expectTypeOf(
  (await getObjectOr404(LongBook.objects.selectRelated('author'), { pk: 1 })).author.name,
).toEqualTypeOf<string>()
// @ts-expect-error: no such field
getObjectOr404(LongBook, { slgu: 'a' })
// @ts-expect-error: a wrong type
getObjectOr404(LongBook, { pages: 'many' })
// @ts-expect-error: no such path
getListOr404(LongBook.objects.all(), { author__nmae: 'a' })

// A wrapped view keeps its parameters.
const wrapped = requireSafe((_request: HttpRequest, _params: { id: number }) => response)
path('<int:id>/', wrapped)
// @ts-expect-error: the route gives text
path('<slug:id>/', wrapped)

// Redirects: to what has a page, to URLs.
declare const book: LongBook
declare const somewhere: string
redirect(book)
redirect(book, { permanent: true })
redirect('/a/')
redirect('https://example.com/', { status: 307 })
redirect(somewhere)
// @ts-expect-error: no redirect has that status
redirect(book, { status: 200 })
// @ts-expect-error: an author has no page
redirect({ name: 'Woolf' })

expectTypeOf(new Paginator([1, 2], 1).page(1)).toEqualTypeOf<Promise<Page<number>>>()
expectTypeOf(new Paginator(LongBook.objects.all(), 1).page(1)).toEqualTypeOf<Promise<Page<LongBook>>>()
