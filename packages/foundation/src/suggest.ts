import { closest, distance } from 'fastest-levenshtein'

/** The known name nearest to `name`, when it is near enough to be what was meant. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  if (names.length === 0) return undefined
  const best = closest(
    name.toLowerCase(),
    names.map((candidate) => candidate.toLowerCase()),
  )
  const match = names.find((candidate) => candidate.toLowerCase() === best)
  const tolerance = Math.max(1, Math.floor(name.length / 3))
  return match !== undefined && distance(name.toLowerCase(), best) <= tolerance ? match : undefined
}

/** `" Did you mean 'author'?"`, or nothing: appended to a message about an unknown name. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known)
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`
}
