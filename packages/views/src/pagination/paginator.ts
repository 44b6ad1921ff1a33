import { ImproperlyConfigured, NuagesError } from '@nuages/foundation'
import { EmptyPage, InvalidPage, PageNotAnInteger } from '../errors.ts'
import { elidedPageRange } from './elided-page-range.ts'
import { Page } from './page.ts'
import { isArray, type Paginatable } from './row-source.ts'

export interface PaginatorOptions {
  /** A last page of this many rows or fewer joins the page before it. */
  readonly orphans?: number
  /** Whether page 1 exists where there are no rows; true if left out. */
  readonly allowEmptyFirstPage?: boolean
}

/**
 * Divides rows into pages. Django's `Paginator`, with one difference: rows of a database are counted by the first `page`,
 * `getPage` or `load`, which are asynchronous; `count`, `numPages` and `pageRange` may be read after that. Those of an array
 * are known at once.
 */
export class Paginator<Row> {
  readonly source: Paginatable<Row>
  readonly perPage: number
  readonly orphans: number
  readonly allowEmptyFirstPage: boolean
  #count: number | undefined

  /** `perPage` is at least 1; throws `ImproperlyConfigured` otherwise. */
  constructor(source: Paginatable<Row>, perPage: number, options: PaginatorOptions = {}) {
    if (!Number.isInteger(perPage) || perPage < 1) {
      throw new ImproperlyConfigured(`A paginator takes at least one row a page, as a whole number. It got ${perPage}.`)
    }
    this.source = source
    this.perPage = perPage
    this.orphans = options.orphans ?? 0
    this.allowEmptyFirstPage = options.allowEmptyFirstPage ?? true
    if (isArray(source)) this.#count = source.length
  }

  /** Counts the rows, once. */
  async load(): Promise<this> {
    if (this.#count === undefined && !isArray(this.source)) this.#count = await this.source.count()
    return this
  }

  /** How many rows there are on all pages. */
  get count(): number {
    if (this.#count === undefined) {
      throw new NuagesError(
        'paginator-not-loaded',
        'The rows of this paginator have not been counted yet. Await page(), getPage() or load() first.',
      )
    }
    return this.#count
  }

  get numPages(): number {
    if (this.count === 0 && !this.allowEmptyFirstPage) return 0
    return Math.ceil(Math.max(1, this.count - this.orphans) / this.perPage)
  }

  /** The numbers of all pages, from 1 on. */
  get pageRange(): readonly number[] {
    return Array.from({ length: this.numPages }, (_, index) => index + 1)
  }

  /** The page of that number; text is read as one. Throws `PageNotAnInteger` or `EmptyPage`. */
  async page(number: number | string): Promise<Page<Row>> {
    await this.load()
    const valid = this.validateNumber(number)
    const start = (valid - 1) * this.perPage
    const end = start + this.perPage
    const rows = await this.source.slice(start, end + this.orphans >= this.count ? this.count : end)
    return new Page(rows, valid, this)
  }

  /** Like `page`, but what is no number gives the first page, and a number out of range the last. Django's `get_page`. */
  async getPage(number: unknown): Promise<Page<Row>> {
    await this.load()
    return this.page(this.#nearest(number))
  }

  /** The number that `number` stands for, if there is such a page. Throws `PageNotAnInteger` or `EmptyPage`. */
  validateNumber(number: unknown): number {
    const value = typeof number === 'string' && /^\s*[+-]?\d+\s*$/.test(number) ? Number(number) : number
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw new PageNotAnInteger(`A page has a whole number; got ${shown(number)}.`)
    }
    if (value < 1) throw new EmptyPage(`Pages are numbered from 1 on; got ${value}.`)
    if (value > this.numPages) throw new EmptyPage(`There is no page ${value}; there ${are(this.numPages)}.`)
    return value
  }

  /**
   * The numbers of the pages near `number` and at both ends, with `ellipsis` for those between: `1 2 … 8 9 [10] 11 12 … 49
   * 50`. Everything is shown where that is no longer. Django's `get_elided_page_range`.
   */
  elidedPageRange(number: number, { onEachSide = 3, onEnds = 2, ellipsis = '…' } = {}): (number | string)[] {
    return elidedPageRange(this.validateNumber(number), this.numPages, onEachSide, onEnds, ellipsis)
  }

  #nearest(number: unknown): number {
    try {
      return this.validateNumber(number)
    } catch (error) {
      if (error instanceof PageNotAnInteger) return 1
      if (error instanceof InvalidPage) return Math.max(1, this.numPages)
      throw error
    }
  }
}

function shown(number: unknown): string {
  return typeof number === 'string'
    ? `'${number.slice(0, 40)}'`
    : typeof number === 'number'
      ? String(number)
      : typeof number
}

function are(pages: number): string {
  return pages === 1 ? 'is 1' : `are ${pages}`
}
