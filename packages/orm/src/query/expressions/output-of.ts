import { FieldError } from '../../errors.ts'
import type { Field, FieldKind } from '../../fields/field.ts'
import type { ExpressionNode } from './node.ts'
import { outputs } from './output-fields.ts'

const numbers: readonly FieldKind[] = ['integer', 'bigint', 'float', 'decimal']

/** Whether a node says nothing about its type: NULL, and what is only known in the query around. */
export function isUntyped(node: ExpressionNode): boolean {
  return (node.type === 'call' && node.fn.id === 'null') || node.type === 'outer'
}

/**
 * What reads any of these values: numbers of several kinds as the widest, else all must be of one kind. Throws `FieldError`
 * for a mixture, which SQL would refuse or, worse, convert.
 */
export function commonOutput(nodes: readonly ExpressionNode[], where: string): Field {
  const typed = nodes.filter((node) => !isUntyped(node))
  const fields = typed.map(({ output }) => output)
  const first = fields[0] ?? nodes[0]?.output ?? outputs.text
  const kinds = new Set(fields.map(({ kind }) => kind))
  if (kinds.size <= 1) return fields.length === 1 || fields.every((field) => field === first) ? first : widest(fields)
  const ranks = [...kinds].map((kind) => numbers.indexOf(kind))
  if (ranks.every((rank) => rank >= 0)) return outputs[numbers[Math.max(...ranks)] as 'integer']
  throw new FieldError(
    `${where} has values of several types (${[...kinds].join(', ')}): say which with { outputField: … }, or Cast() them.`,
  )
}

/** Of several fields of one kind, one that does not round what another keeps. */
function widest(fields: readonly Field[]): Field {
  const { kind } = fields[0]!
  return kind in outputs ? outputs[kind as keyof typeof outputs] : fields[0]!
}
