import { Decimal } from '@nuages/orm'
import { mark, tagPrefix, temporalOf } from './marked.ts'

/** A value of its text, made anew each time. Throws where `encodeValue` did not write it; nothing of it is ever run. */
export function decodeValue(text: string): unknown {
  return text.startsWith(tagPrefix) ? restored(JSON.parse(text.slice(tagPrefix.length))) : JSON.parse(text)
}

function restored(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(restored)
  const object = value as Record<string, unknown>
  if (Object.hasOwn(object, mark)) return unmarked(String(object[mark]), object['of'])
  return members(object)
}

function members(object: Readonly<Record<string, unknown>>): object {
  // Not by assignment: a member named __proto__ would become the prototype.
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, restored(member)]))
}

function unmarked(kind: string, of: unknown): unknown {
  if (kind === 'object') return members(of as Record<string, unknown>)
  const text = String(of)
  if (kind === 'bigint') return BigInt(text)
  if (kind === 'number') return Number(text)
  if (kind === 'bytes') return new Uint8Array(Buffer.from(text, 'base64'))
  if (kind === 'Decimal') return new Decimal(text)
  const temporal = temporalOf(kind, text)
  if (temporal === undefined) throw new SyntaxError(`An entry of a cache holds something of the kind '${kind}'.`)
  return temporal
}
