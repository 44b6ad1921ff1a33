import { expect, test } from 'vitest'
import { timeSince, timeUntil, withTimeZone } from '../src/index.ts'

const now = Temporal.Instant.from('2026-03-31T12:00:00Z')
const since = (text: string, depth?: number): string =>
  timeSince(Temporal.Instant.from(text), now, depth).replaceAll('\u00a0', ' ')

test.for([
  ['2026-03-31T12:00:00Z', '0 minutes'],
  ['2026-03-31T11:59:01Z', '0 minutes'],
  ['2026-04-01T00:00:00Z', '0 minutes'],
  ['2026-03-31T11:59:00Z', '1 minute'],
  ['2026-03-31T10:30:00Z', '1 hour, 30 minutes'],
  ['2026-03-30T11:00:00Z', '1 day, 1 hour'],
  ['2026-03-30T11:59:00Z', '1 day'],
  ['2026-03-20T12:00:00Z', '1 week, 4 days'],
  ['2026-02-28T12:00:00Z', '1 month'],
  ['2024-11-30T12:00:00Z', '1 year, 4 months'],
  ['2025-03-30T12:00:00Z', '1 year'],
])('from %s it is %s', ([start, text]) => {
  expect(since(start!)).toBe(text)
})

test('depth, dates, and the other direction', () => {
  expect(since('2024-01-20T11:30:00Z', 4)).toBe('2 years, 2 months, 1 week, 4 days')
  expect(since('2024-01-20T11:30:00Z', 1)).toBe('2 years')
  expect(timeUntil(Temporal.Instant.from('2026-04-02T14:00:00Z'), now)).toBe('2\u00a0days, 2\u00a0hours')
  expect(timeSince(Temporal.PlainDate.from('2026-03-30'), now)).toBe('1\u00a0day, 12\u00a0hours')
})

test('a day of 23 hours is a day', () => {
  const [start, end] = ['2026-03-28T12:00:00Z', '2026-03-29T11:00:00Z'].map((text) => Temporal.Instant.from(text))
  expect(withTimeZone('Europe/Berlin', () => timeSince(start!, end))).toBe('1\u00a0day')
  expect(timeSince(start!, end)).toBe('23\u00a0hours')
})
