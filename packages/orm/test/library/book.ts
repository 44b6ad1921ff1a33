import {
  bigInteger,
  binary,
  boolean,
  CASCADE,
  char,
  dateTime,
  decimal,
  foreignKey,
  integer,
  json,
  Model,
  manager,
  manyToMany,
  PROTECT,
  QuerySet,
  reverse,
  uuid,
} from '../../src/index.ts'
import { Author } from './author.ts'

export class BookQuerySet extends QuerySet<typeof Book> {
  published() {
    return this.filter({ isDraft: false })
  }

  longerThan(pages: number) {
    return this.filter({ pages__gt: pages })
  }
}

export class Book extends Model(
  {
    title: char({ maxLength: 200 }),
    pages: integer({ null: true }),
    isDraft: boolean({ default: false }),
    price: decimal({ maxDigits: 8, decimalPlaces: 2, null: true }),
    isbn: bigInteger({ null: true }),
    publishedAt: dateTime({ null: true }),
    created: dateTime({ autoNowAdd: true }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get editor() {
      return foreignKey(Author, { onDelete: PROTECT, null: true })
    },
    get tags() {
      return manyToMany(Tag)
    },
  },
  { ordering: ['id'] },
) {
  static objects = new BookQuerySet(Book)
}

export class Tag extends Model(
  {
    name: char({ maxLength: 20, unique: true }),
    get books() {
      return reverse(Book, 'tags')
    },
  },
  { ordering: ['name'] },
) {
  static objects = manager(Tag)
}

/** A key of another type and name. */
export class Voucher extends Model({
  code: uuid({ primaryKey: true, default: () => crypto.randomUUID() }),
  image: binary({ null: true }),
  terms: json<{ readonly days: number }>({ null: true }),
  uses: json<string[]>({ default: () => [] }),
  get book() {
    return foreignKey(Book, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Voucher)
}
