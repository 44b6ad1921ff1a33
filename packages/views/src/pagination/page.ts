import type { Paginator } from './paginator.ts'

/** One page of a paginator: its rows, in order, and where it stands. Django's `Page`. */
export class Page<Row> implements Iterable<Row> {
  readonly objectList: readonly Row[]
  /** From 1 on. */
  readonly number: number
  readonly paginator: Paginator<Row>

  constructor(objectList: readonly Row[], number: number, paginator: Paginator<Row>) {
    this.objectList = objectList
    this.number = number
    this.paginator = paginator
  }

  get length(): number {
    return this.objectList.length
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.objectList[Symbol.iterator]()
  }

  /** The row at a place on this page, counted from 0; from the end where `index` is negative. */
  at(index: number): Row | undefined {
    return this.objectList.at(index)
  }

  hasNext(): boolean {
    return this.number < this.paginator.numPages
  }

  hasPrevious(): boolean {
    return this.number > 1
  }

  hasOtherPages(): boolean {
    return this.hasPrevious() || this.hasNext()
  }

  /** Throws `EmptyPage` on the last page. */
  nextPageNumber(): number {
    return this.paginator.validateNumber(this.number + 1)
  }

  /** Throws `EmptyPage` on the first page. */
  previousPageNumber(): number {
    return this.paginator.validateNumber(this.number - 1)
  }

  /** The place of the first row of this page among all rows, counted from 1; 0 where there are none. */
  startIndex(): number {
    return this.paginator.count === 0 ? 0 : this.paginator.perPage * (this.number - 1) + 1
  }

  /** The place of the last row of this page among all rows, counted from 1. */
  endIndex(): number {
    const { count, numPages, perPage } = this.paginator
    return this.number === numPages ? count : this.number * perPage
  }

  /** In a log or the debug page. */
  toString(): string {
    return `<Page ${this.number} of ${this.paginator.numPages}>`
  }
}
