import { SessionValueError } from './errors.ts'

/** Throws `SessionValueError` where JSON would lose `value`, or make something else of it. */
export function checkStorable(key: string, value: unknown): void {
  const problem = findProblem(value, key, [])
  if (problem === undefined) return
  throw new SessionValueError(`A session cannot keep ${problem}.`, {
    hint: 'It keeps text, finite numbers, booleans, null, and arrays and plain objects of them: write a date as text, a row as its key.',
  })
}

function findProblem(value: unknown, path: string, above: readonly object[]): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `the number ${value} ('${path}')`
  if (typeof value !== 'object') return `a value of type ${typeof value} ('${path}')`
  if (above.includes(value)) return `an object that holds itself ('${path}')`
  const inside = [...above, value]
  if (Array.isArray(value)) {
    return first(
      value.map((item, index) => [`${path}[${index}]`, item]),
      inside,
    )
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    return `an object of ${value.constructor?.name || 'a class'} ('${path}')`
  }
  // A member that is undefined is as good as none.
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return first(
    members.map(([name, member]) => [`${path}.${name}`, member]),
    inside,
  )
}

function first(
  members: readonly (readonly [path: string, value: unknown])[],
  above: readonly object[],
): string | undefined {
  for (const [path, value] of members) {
    const problem = findProblem(value, path, above)
    if (problem !== undefined) return problem
  }
  return undefined
}
