/** Page numbers around `number` and at the ends of 1 to `last`, with `ellipsis` in their gaps. */
export function elidedPageRange(
  number: number,
  last: number,
  onEachSide: number,
  onEnds: number,
  ellipsis: string,
): (number | string)[] {
  if (last <= (onEachSide + onEnds) * 2) return numbers(1, last)
  const before =
    number > 1 + onEachSide + onEnds + 1
      ? [...numbers(1, onEnds), ellipsis, ...numbers(number - onEachSide, number)]
      : numbers(1, number)
  const after =
    number < last - onEachSide - onEnds - 1
      ? [...numbers(number + 1, number + onEachSide), ellipsis, ...numbers(last - onEnds + 1, last)]
      : numbers(number + 1, last)
  return [...before, ...after]
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}
