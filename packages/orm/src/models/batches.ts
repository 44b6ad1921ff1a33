/** How many parameters a statement may have: SQLite takes fewer than PostgreSQL. */
const mostParameters = 32_766

/** A batch is never larger: more rows in a statement are no faster, and other work of the process waits while it runs. */
const largest = 512

/**
 * Cuts rows into batches. But for what is left over, a batch has as many rows as fit, and the rest is cut into powers of two, so
 * that any number of rows is written by few different statements.
 */
export function* inBatches<T>(
  rows: readonly T[],
  limits: { readonly parametersPerRow: number; readonly batchSize?: number | undefined },
): Generator<readonly T[]> {
  const fitting = Math.floor(mostParameters / Math.max(limits.parametersPerRow, 1))
  const size = Math.max(1, Math.min(largest, fitting, limits.batchSize ?? largest))
  let start = 0
  while (rows.length - start >= size) {
    yield rows.slice(start, start + size)
    start += size
  }
  while (start < rows.length) {
    const part = 2 ** Math.floor(Math.log2(rows.length - start))
    yield rows.slice(start, start + part)
    start += part
  }
}
