import { timingSafeEqual } from 'node:crypto'

/** Whether two texts are equal, in a time that does not tell where they differ. Django's `constant_time_compare`. */
export function constantTimeCompare(one: string, other: string): boolean {
  const left = Buffer.from(one)
  const right = Buffer.from(other)
  return left.length === right.length && timingSafeEqual(left, right)
}
