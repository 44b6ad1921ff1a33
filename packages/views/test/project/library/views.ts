import { type HttpRequest, HttpResponse } from '@nuages/http'
import {
  DetailView,
  getListOr404,
  getObjectOr404,
  ListView,
  RedirectView,
  redirect,
  render,
  renderToString,
  TemplateView,
  View,
} from '../../../src/index.ts'
import { Author, LongBook } from './models.ts'

/** What each request saw, to find out whether they share an instance. */
export class Counter extends View<{ year: number }> {
  calls = 0

  async get(request: HttpRequest, { year }: { year: number }): Promise<HttpResponse> {
    this.calls++
    await Promise.resolve()
    return new HttpResponse(`get ${year} ${this.params.year} ${request === this.request} ${this.calls}`)
  }

  post(): HttpResponse {
    return new HttpResponse('posted')
  }
}

export class WithHead extends View {
  get(): HttpResponse {
    return new HttpResponse('get')
  }

  head(): HttpResponse {
    return new HttpResponse('', { headers: { 'X-Head': 'own' } })
  }
}

export class Guarded extends View {
  override dispatch() {
    if (this.request.headers.get('X-Key') !== 'open') return new HttpResponse('closed', { status: 403 })
    return super.dispatch()
  }

  get(): HttpResponse {
    return new HttpResponse('inside')
  }
}

export class About extends TemplateView<{ topic: string }> {
  override templateName = 'about.html'
  override extraContext = { extra: 'more' }

  override async getContextData() {
    return { ...(await super.getContextData()), shout: this.params.topic.toUpperCase() }
  }
}

export class BookList extends ListView(LongBook) {
  override paginateBy = 2
  override paginateOrphans = 1

  override getQueryset() {
    return LongBook.objects.filter({ pages__gt: 0 }).selectRelated('author')
  }
}

export class BooksOf extends ListView(LongBook)<{ name: string }> {
  override allowEmpty = false
  override templateName = 'library/longbook_list.html'
  override contextObjectName = 'books'
  override ordering = '-title'

  override getQueryset() {
    return super.getQueryset()
  }

  override async getContextData() {
    const author = await getObjectOr404(Author, { name: this.params.name })
    return { ...(await super.getContextData()), author }
  }
}

export class BookDetail extends DetailView(LongBook) {
  override getQueryset() {
    return LongBook.objects.selectRelated('author')
  }

  override async getContextData() {
    return { ...(await super.getContextData()), initial: this.object.title.charAt(0) }
  }
}

export class ToBook extends RedirectView<{ slug: string }> {
  override patternName = 'book'
}

export async function short(request: HttpRequest): Promise<HttpResponse> {
  return render(
    request,
    ['missing.html', 'about.html'],
    { topic: 'render' },
    { status: 418, contentType: 'text/plain' },
  )
}

export async function text(): Promise<HttpResponse> {
  return new HttpResponse(await renderToString('about.html', { topic: 'text' }))
}

export async function go(request: HttpRequest): Promise<HttpResponse> {
  const book = await LongBook.objects.get({ slug: 'a' })
  switch (request.query.get('to')) {
    case 'model':
      return redirect(book)
    case 'permanent':
      return redirect(book, { permanent: true })
    case 'name':
      return redirect('book' as string, { slug: 'b' }, { query: { page: 2 }, fragment: 'x', status: 303 })
    case 'url':
      return redirect('/elsewhere/', { preserveRequest: true })
    case 'relative':
      return redirect('../up/', { status: 308 })
    case 'absolute':
      return redirect('https://example.com/ä', { status: 307 })
    default:
      return redirect('no-such-name' as string)
  }
}

export async function pick(request: HttpRequest): Promise<HttpResponse> {
  const pages = Number(request.query.get('pages'))
  const book = await getObjectOr404(LongBook, { pages })
  return new HttpResponse(book.title)
}

export async function few(request: HttpRequest): Promise<HttpResponse> {
  const pages = Number(request.query.get('pages'))
  const books = await getListOr404(LongBook.objects.all().selectRelated('author'), { pages__lt: pages })
  return new HttpResponse(books.map((book) => `${book.title} by ${book.author.name}`).join(', '))
}
