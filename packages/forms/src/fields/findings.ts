import { type core, type ZodType, z } from 'zod'
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

/** A schema that converts; what gives `undefined`, or cannot be read, is `invalid`. */
export function converting<T>(convert: (value: unknown) => T | Refusal | undefined): ZodType<T> {
  return z.unknown().transform((value, context) => {
    const converted = attempt(() => convert(value)) ?? invalid
    if (!(converted instanceof Refusal)) return converted
    const { code, params } = converted
    context.addIssue({ code: 'custom', params: { code, params } })
    return z.NEVER
  }) as unknown as ZodType<T>
}

/** What a conversion answers where it can tell more than that the value is not valid. */
export class Refusal implements Finding {
  readonly code: string
  readonly params: MessageParams

  constructor(code: string, params: MessageParams = {}) {
    this.code = code
    this.params = params
  }
}

const invalid = new Refusal('invalid')

function attempt<T>(convert: () => T | Refusal | undefined): T | Refusal | undefined {
  try {
    return convert()
  } catch (error) {
    // What Temporal, JSON and the like say of a text that they cannot read.
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) return invalid
    throw error
  }
}
