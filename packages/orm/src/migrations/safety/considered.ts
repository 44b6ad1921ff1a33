import { didYouMean } from '@nuages/foundation'
import { MigrationError } from '../errors.ts'
import { type FindingId, findingIds } from './finding.ts'

/** Findings that a team has thought about, each with why it may be: `{ 'drop-column': 'release 41 no longer reads it' }`. */
export type Considered = Readonly<Partial<Record<FindingId, string>>>

/** Throws `MigrationError` for what is no finding, and for one without a reason. `where` is the file. */
export function assertConsidered(considered: Considered, where: string): void {
  for (const [id, reason] of Object.entries(considered)) {
    if (!(findingIds as readonly string[]).includes(id)) {
      throw new MigrationError(
        `${where} considers '${id}', which is no finding.${didYouMean(id, findingIds)} Findings: ${findingIds.join(', ')}.`,
      )
    }
    if (typeof reason === 'string' && reason.trim() !== '') continue
    throw new MigrationError(
      `${where} considers '${id}' without a reason. Write why it may be: considered: { '${id}': 'the last release no longer reads it' }.`,
    )
  }
}
