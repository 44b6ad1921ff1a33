import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import { char, choiceLabel, date, decimal, integer, Model, manager, registerModels } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Voucher } from '../library/book.ts'
import { fillLibrary, useLibrary } from '../library/use-library.ts'

useLibrary()

class Order extends Model({
  status: char({
    maxLength: 9,
    choices: [
      ['open', 'Open to all'],
      ['shut', 'Closed'],
    ],
  }),
  size: integer({
    null: true,
    choices: [
      [1, 'Small'],
      [2, 'Large'],
    ],
  }),
  due: date({ choices: [[Temporal.PlainDate.from('2026-12-24'), 'Christmas Eve']] }),
  price: decimal({ maxDigits: 5, decimalPlaces: 2, choices: [[new Decimal('2.50'), 'Two fifty']] }),
  note: char({ maxLength: 20 }),
  kind: char({ maxLength: 5, choices: [['a', 'A']] }),
}) {
  static objects = manager(Order)

  override get getKindDisplay(): () => string {
    return () => 'my own'
  }
}
registerModels('shown', { Order })

describe('a row as text', () => {
  test('is its model and key, until the model says better', async () => {
    const { ada } = await fillLibrary()
    expect(`${ada}`).toBe('Author object (1)')
    expect(String(new Author({ name: 'x' }))).toBe('Author object (null)')
    expect(String(new Voucher({ code: 'c2a1dd4c-2a8c-4d40-9d2f-b7a3b3e6a001' }))).toBe(
      'Voucher object (c2a1dd4c-2a8c-4d40-9d2f-b7a3b3e6a001)',
    )
    class Named extends Model({ name: char({ maxLength: 9 }) }) {
      override toString(): string {
        return this.name
      }
    }
    registerModels('shown', { Named })
    expect(String(new Named({ name: 'Ada' }))).toBe('Ada')
  })
})

describe('the label of a choice', () => {
  const due = Temporal.PlainDate.from('2026-12-24')

  test('is read by a method beside the field', () => {
    const order = new Order({ status: 'open', size: null, due: due.add({ days: 0 }), price: new Decimal('2.5') })
    expect(order.getStatusDisplay()).toBe('Open to all')
    order.status = 'shut'
    order.size = 2
    expect([order.getStatusDisplay(), order.getSizeDisplay()]).toEqual(['Closed', 'Large'])
    order.size = null
    expect(order.getSizeDisplay()).toBe('')
    order.status = 'lost' as never
    expect(order.getStatusDisplay()).toBe('lost')
    expect(order.getKindDisplay()).toBe('my own')
    expect('getNoteDisplay' in order).toBe(false)
    expect(Object.keys(order)).not.toContain('getStatusDisplay')
  })

  test('is found for dates and decimals by what they say', async () => {
    const [dueField, price] = [Order.meta.field('due')!, Order.meta.field('price')!]
    expect(choiceLabel(dueField, Temporal.PlainDate.from('2026-12-24'))).toBe('Christmas Eve')
    expect(choiceLabel(price, new Decimal('2.500'))).toBe('Two fifty')
    expect(choiceLabel(price, new Decimal(3))).toBe('3')
    const order = new Order({ status: 'open', due: Temporal.PlainDate.from('2026-12-24'), price: '2.5', kind: 'a' })
    order.note = 'x'
    await order.fullClean({ exclude: ['size'] })
  })
})
