import type { PartUses } from '../../q.ts'
import { CaseExpression, type CaseOptions, WhenBranch } from '../case.ts'
import type { usesType, ValueOfArg, valueType } from '../value-types.ts'
import type { AnyArgument, UsesArguments } from './call-types.ts'

/** A branch of `Case`: what is given where a condition holds. A string is a path: write `Value('x')` for a text. Django's `When`. */
export function When<const W extends object, const T extends AnyArgument>(
  condition: W,
  then: T,
): WhenBranch<ValueOfArg<T>, PartUses<W> | UsesArguments<T, 'values', 'When'>> {
  return new WhenBranch(condition as never, then)
}

export interface Default<D> extends Omit<CaseOptions, 'default'> {
  /** What is given where no branch answers; without it, `null`. A string is a path. */
  readonly default: D
}

type CaseOf<B extends readonly WhenBranch[], V, U> = CaseExpression<
  B[number][typeof valueType] | V,
  B[number][typeof usesType] | U
>

/**
 * What the first branch gives whose condition holds, else `default`, else `null`:
 * `Case(When({ pages__gt: 300 }, Value('long')), { default: Value('short') })`. Django's `Case`.
 */
export function Case<const B extends readonly WhenBranch[], const D extends AnyArgument>(
  ...branches: readonly [...branches: B, options: Default<D>]
): CaseOf<B, ValueOfArg<D>, UsesArguments<D, 'values', 'Case'>>
export function Case<const B extends readonly WhenBranch[]>(...branches: B): CaseOf<B, null, never>
export function Case<const B extends readonly WhenBranch[]>(
  ...branches: readonly [...branches: B, options: Omit<CaseOptions, 'default'>]
): CaseOf<B, null, never>
export function Case(...args: readonly unknown[]): CaseExpression {
  const last = args.at(-1)
  const hasOptions = last !== undefined && !(last instanceof WhenBranch)
  const branches = (hasOptions ? args.slice(0, -1) : args) as readonly WhenBranch[]
  return new CaseExpression(branches, (hasOptions ? last : {}) as CaseOptions)
}
