import { isNode, type NeutralNode } from './neutral.ts'

/** What one side says to a query. */
export interface Answer {
  /** The result as JSON: a list of rows, or the one value that the last call gives. */
  readonly value?: unknown
  /** The kind of error instead: `'FieldError'`, `'DoesNotExist'`. */
  readonly error?: string
  readonly message?: string
  readonly sql: readonly string[]
  /** Whether the order of the rows is part of the answer; Django's side tells. */
  readonly ordered?: boolean
}

/** Two answers that mean the same have the same text. Rows that nothing orders are sorted. */
export function answerText(answer: Answer, ordered: boolean): string {
  if (answer.error !== undefined) return `error ${answer.error}`
  const { value } = answer
  if (!Array.isArray(value)) return JSON.stringify(value, rounded, 1)
  const texts = value.map((row) => JSON.stringify(row, rounded))
  return `[\n${(ordered ? texts : texts.sort()).join('\n')}\n]`
}

/** The last digit of what was computed depends on the library. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(14)) : value
}

/** What the rows of a query carry beside their columns: annotations, and relations that were loaded with them. */
export interface Carried {
  readonly annotations: readonly string[]
  readonly relations: readonly string[]
}

export function carriedBy({ calls }: NeutralNode): Carried {
  const annotations: string[] = []
  const relations: string[] = []
  for (const [method, ...args] of calls) {
    if (method === 'annotate') annotations.push(...args.flatMap((arg) => Object.keys(arg as object)))
    if (method === 'selectRelated' || method === 'prefetchRelated') {
      for (const arg of args) relations.push(isNode(arg) ? prefetchName(arg) : String(arg))
    }
  }
  return { annotations, relations }
}

/** Where a `Prefetch` puts its rows. */
function prefetchName({ args: [path, , options] }: NeutralNode): string {
  return (options as { readonly toAttr?: string } | undefined)?.toAttr ?? String(path)
}
