const onEachSide = 2
const onEnds = 1

/** The numbers of pages around `number` and at the ends of 1 to `last`; `null` for a gap. */
export function elidedPageRange(number: number, last: number): readonly (number | null)[] {
  const shown: (number | null)[] = []
  let before = 0
  for (let page = 1; page <= last; page = nextShown(page, number, last)) {
    // A gap of one page is that page.
    if (page === before + 2) shown.push(before + 1)
    else if (page > before + 2) shown.push(null)
    shown.push(page)
    before = page
  }
  return shown
}

/** The next page that is shown whatever lies between. */
function nextShown(page: number, number: number, last: number): number {
  const next = page + 1
  if (next <= onEnds) return next
  if (next < number - onEachSide) return Math.max(1, number - onEachSide)
  if (next > number + onEachSide && next <= last - onEnds) return last - onEnds + 1
  return next
}
