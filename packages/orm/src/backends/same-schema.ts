import { sameSql } from './same-sql.ts'

/** Whether two parts of a schema say the same, their SQL in whatever words. What is `undefined` may be left out. */
export function sameSchema(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string') return sameSql(one, other)
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
  return [...new Set([...left.keys(), ...right.keys()])].every((key) => sameSchema(left.get(key), right.get(key)))
}
