/** Rows that are read when they are wanted: a queryset, as far as pages need to know it. */
export interface RowSource<Row> extends PromiseLike<readonly Row[]> {
  count(): Promise<number>
  slice(start: number, end: number): PromiseLike<readonly Row[]>
}

/** What can be divided into pages. */
export type Paginatable<Row> = readonly Row[] | RowSource<Row>

export function isArray<Row>(source: Paginatable<Row>): source is readonly Row[] {
  return Array.isArray(source)
}
