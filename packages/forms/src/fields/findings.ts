import type { core } from 'zod'
import type { MessageParams } from './field-options.ts'

/** What a schema found: Django's code, and what the message may tell. */
export interface Finding {
  readonly code: string
  readonly params: MessageParams
}

type Issue = core.$ZodIssue

/** A `refine` option that gives the issue its code: `.refine(isWhole, found('step_size', { step: 1 }))`. */
export function found(code: string, params: MessageParams = {}): { readonly params: Finding; readonly abort: boolean } {
  return { params: { code, params }, abort: false }
}

/** Zod's issues in Django's codes; where the value is of another type altogether, `invalid` once. */
export function findingsOf(issues: readonly Issue[]): readonly Finding[] {
  const findings = issues.map(findingOf)
  return findings.filter(({ code }, index) => findings.findIndex((other) => other.code === code) === index)
}

function findingOf(issue: Issue): Finding {
  const input = issue.input
  switch (issue.code) {
    case 'custom':
      return (issue.params as unknown as Finding | undefined) ?? { code: 'invalid', params: {} }
    case 'too_big':
      return limit(issue.origin === 'string' ? 'max_length' : 'max_value', issue.maximum, input)
    case 'too_small':
      return limit(issue.origin === 'string' ? 'min_length' : 'min_value', issue.minimum, input)
    default:
      return { code: 'invalid', params: {} }
  }
}

function limit(code: string, value: number | bigint, input: unknown): Finding {
  const length = typeof input === 'string' ? { length: input.length } : {}
  return { code, params: { limit: Number(value), ...length } }
}
