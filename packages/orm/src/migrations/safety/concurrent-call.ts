import type { Operation } from '../operations/operation.ts'
import { defaultImports, Imports } from '../writer/imports.ts'
import { ValueWriter } from '../writer/serialize-value.ts'

const concurrent = new Set(['addIndex', 'removeIndex', 'addConstraint', 'addField', 'alterField'])

/** An operation as the source of the call that does the same beside the traffic; `undefined` where there is none. */
export function concurrentCall({ factory, arguments: given }: Operation, app: string): string | undefined {
  if (!concurrent.has(factory)) return undefined
  const values = new ValueWriter(new Imports(defaultImports), app)
  const parts = given.map((argument) => (at: { indent: number; taken: number }) => values.write(argument, at))
  return values.list(`${factory}Concurrently(`, parts, ')', { indent: 0, taken: -Infinity })
}
