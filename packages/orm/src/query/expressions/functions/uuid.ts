import { FunctionCall } from '../function-call.ts'
import { outputs } from '../output-fields.ts'
import { builtIn } from './built-in.ts'

const uuid4 = builtIn('uuid4', 'UUID4', outputs.uuid)
const uuid7 = builtIn('uuid7', 'UUID7', outputs.uuid)

/** A new random UUID for each row. Django's `UUID4`. */
export function UUID4(): FunctionCall<string, never> {
  return new FunctionCall(uuid4, [])
}

/** A new UUID for each row, which begins with the time; on PostgreSQL from version 18 on. Django's `UUID7`. */
export function UUID7(): FunctionCall<string, never> {
  return new FunctionCall(uuid7, [])
}
