import { FieldError } from '../../../errors.ts'
import type { FieldKind } from '../../../fields/field.ts'
import { sql } from '../../fragment.ts'
import { FunctionCall } from '../function-call.ts'
import type { ExpressionNode } from '../node.ts'
import { outputs } from '../output-fields.ts'
import { ValueExpression } from '../value.ts'
import type { InJson, JsonMembers, UsesOf, ValueOfArg } from '../value-types.ts'
import { builtIn } from './built-in.ts'
import type { AnyArgument, UsesArguments } from './call-types.ts'

const withoutJson: ReadonlySet<FieldKind> = new Set(['duration', 'binary'])

function jsonOutput(name: string) {
  return (args: readonly ExpressionNode[]) => {
    for (const { output } of args) {
      if (withoutJson.has(output.kind))
        throw new FieldError(`${name}() takes nothing of type ${output.kind}: Cast() it.`)
    }
    return outputs.json
  }
}

const jsonObject = builtIn('jsonObject', 'JSON_OBJECT', jsonOutput('JSONObject'))
const jsonArray = builtIn('jsonArray', 'JSON_ARRAY', jsonOutput('JSONArray'))

type Members<A> = { readonly [K in keyof A]: ValueOfArg<A[K]> } & JsonMembers

/**
 * A JSON object of expressions by name: `JSONObject({ title: 'title', by: 'author__name' })`. Numbers of any kind become
 * numbers; dates, and points in time in UTC, text in ISO 8601. Django's `JSONObject`.
 */
export function JSONObject<const A extends Readonly<Record<string, AnyArgument>>>(
  members: A,
): FunctionCall<InJson<Members<A>>, UsesArguments<A[keyof A], 'values', 'JSONObject'> | UsesOf<A[keyof A]>> {
  const args = Object.entries(members).flatMap(([name, value]) => [new ValueExpression(name, {}), value])
  return new FunctionCall(jsonObject, args)
}

type Elements<A extends readonly unknown[]> = { readonly [I in keyof A]: ValueOfArg<A[I]> }

/** A JSON array of expressions. Django's `JSONArray`. */
export function JSONArray<const A extends readonly AnyArgument[]>(
  ...elements: A
): FunctionCall<InJson<Elements<A>>, UsesArguments<A[number], 'values', 'JSONArray'>> {
  return new FunctionCall(jsonArray, elements)
}

// SQLite gives a number for a number.
const keyText = builtIn('kt', 'KT', outputs.text, (input) => {
  return sql`CAST(${input.operations.functions['json:text']!(input)} AS text)`
})

/**
 * The text of what a key of a document leads to, a string without its quotes: `KT('settings__theme')`. Django's `KT`.
 */
export function KT<const P extends string>(path: P): FunctionCall<string | null, UsesArguments<P, 'values', 'KT'>> {
  return new FunctionCall(keyText, [path])
}
