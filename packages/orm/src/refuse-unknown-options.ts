import { didYouMean } from '@nuages/foundation'
import { QueryError } from './errors.ts'

/**
 * An option that is misspelt would be passed over, and with it what it protects from; the compiler tells only those who ask it.
 * Throws `QueryError`.
 */
export function refuseUnknownOptions(call: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw new QueryError(
      `${call} takes no option '${option}'.${didYouMean(option, known)} Options: ${known.join(', ')}.`,
    )
  }
}
