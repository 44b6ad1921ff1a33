import { beforeEach } from 'vitest'
import {
  CASCADE,
  char,
  compositePrimaryKey,
  dateTime,
  F,
  foreignKey,
  generated,
  integer,
  Model,
  manager,
  Now,
  registerModels,
  reverse,
  Upper,
} from '../../src/index.ts'
import { makeTables } from '../models/make-tables.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

/*
 * What Debian's Django, 3.2, cannot be asked (see django/): worked out by hand from the documentation of Django 6.1. Each block
 * names the version that brought it.
 */

export class Shelf extends Model({
  name: char({ maxLength: 20 }),
  get boxes() {
    return reverse(Box, 'shelf')
  },
}) {
  static objects = manager(Shelf)
}

export class Box extends Model({
  name: char({ maxLength: 20, unique: true }),
  width: integer(),
  height: integer({ null: true }),
  area: generated({
    expression: F('width').multiply(F('height')),
    outputField: integer({ null: true }),
    dbPersist: true,
  }),
  loud: generated({ expression: Upper('name'), outputField: char({ maxLength: 20 }), dbPersist: true }),
  color: char({ maxLength: 10, dbDefault: 'red' }),
  made: dateTime({ dbDefault: Now() }),
  get shelf() {
    return foreignKey(Shelf, { onDelete: CASCADE, null: true })
  },
}) {
  static objects = manager(Box)
}

export class Line extends Model({
  pk: compositePrimaryKey('order', 'number'),
  order: integer(),
  number: integer(),
  amount: integer({ default: 1 }),
}) {
  static objects = manager(Line)
}

const metas = registerModels('newer', { Shelf, Box, Line })

/**
 * Gives every test four boxes, on two shelves and none:
 *
 * | box   | a    | b    | c     | d |
 * | ----- | ---- | ---- | ----- | - |
 * | width | 1    | 3    | 3     | 5 |
 * | height| 2    | 4    | null  | 5 |
 * | shelf | left | left | right | – |
 */
export function useBoxes(): void {
  useTemporaryDatabase()
  beforeEach(async () => {
    await makeTables(metas)
    const left = await Shelf.objects.create({ name: 'left' })
    const right = await Shelf.objects.create({ name: 'right' })
    await Box.objects.create({ name: 'a', width: 1, height: 2, shelf: left })
    await Box.objects.create({ name: 'b', width: 3, height: 4, shelf: left })
    await Box.objects.create({ name: 'c', width: 3, height: null, shelf: right })
    await Box.objects.create({ name: 'd', width: 5, height: 5 })
  })
}

/** The names of rows, in the alphabet’s order. */
export const names = (rows: PromiseLike<readonly { readonly name: string }[]>) =>
  Promise.resolve(rows).then((all) =>
    all
      .map(({ name }) => name)
      .sort()
      .join(''),
  )
