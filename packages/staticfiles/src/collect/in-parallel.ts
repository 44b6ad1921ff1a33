/**
 * Calls `work` for every item, at most `limit` at once, and gives the results in the order of the items. The first failure
 * ends it: what is under way is waited for, and nothing more is begun.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  let next = 0
  let failed = false
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++
      try {
        results[index] = await work(items[index]!)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane))
  const failure = ended.find((lane) => lane.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return results
}
