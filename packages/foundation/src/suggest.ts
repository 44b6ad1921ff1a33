import { distance } from 'fastest-levenshtein'

/** What two letters that changed places cost: more than one slip, since that is the commoner, and less than two. */
const swap = 1.5

/** The known name nearest to `name`, when it is near enough to be what was meant. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const given = name.toLowerCase()
  const tolerance = given.length < 4 ? swap : Math.max(2, Math.floor(given.length / 3))
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const lower = candidate.toLowerCase()
    const edits = isSwapped(given, lower) ? swap : distance(given, lower)
    // What is typed anew altogether is another name, however short.
    if (edits > tolerance || edits >= Math.max(given.length, lower.length) || edits >= least) continue
    nearest = candidate
    least = edits
  }
  return nearest
}

/** Whether the names are the same but for two neighbouring letters that changed places. */
function isSwapped(given: string, candidate: string): boolean {
  if (given.length !== candidate.length) return false
  let at = 0
  while (at < given.length && given[at] === candidate[at]) at++
  return (
    given[at] === candidate[at + 1] &&
    given[at + 1] === candidate[at] &&
    at + 1 < given.length &&
    given.slice(at + 2) === candidate.slice(at + 2)
  )
}

/** `" Did you mean 'author'?"`, or nothing: appended to a message about an unknown name. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known)
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`
}
