import {
  bigInteger,
  binary,
  boolean,
  CASCADE,
  char,
  Decimal,
  date,
  dateTime,
  decimal,
  duration,
  email,
  float,
  foreignKey,
  integer,
  json,
  Model,
  type ModelMeta,
  manager,
  manyToMany,
  oneToOne,
  PROTECT,
  positiveSmallInteger,
  RESTRICT,
  registerModels,
  reverse,
  SET_NULL,
  slug,
  text,
  time,
  url,
  uuid,
} from '../../src/index.ts'

/** A key that is text. */
export class Country extends Model({
  code: char({ maxLength: 2, primaryKey: true }),
  name: char({ maxLength: 50 }),
  get publishers() {
    return reverse(Publisher, 'country')
  },
}) {
  static objects = manager(Country)
}

export class Publisher extends Model({
  name: char({ maxLength: 100 }),
  slug: slug({ unique: true }),
  city: char({ maxLength: 50, null: true }),
  founded: integer({ null: true }),
  homepage: url({ blank: true }),
  get country() {
    return foreignKey(Country, { onDelete: PROTECT, null: true })
  },
  get parent() {
    return foreignKey(Publisher, { onDelete: CASCADE, null: true })
  },
  get imprints() {
    return reverse(Publisher, 'parent')
  },
  get books() {
    return reverse(Book, 'publisher')
  },
}) {
  static objects = manager(Publisher)
}

/** The one with an ordering of its own. */
export class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    email: email({ null: true }),
    born: date({ null: true }),
    rating: float({ null: true }),
    isActive: boolean({ null: true }),
    get mentor() {
      return foreignKey(Author, { onDelete: SET_NULL, null: true })
    },
    get pupils() {
      return reverse(Author, 'mentor')
    },
    get friends() {
      return manyToMany(Author)
    },
    get books() {
      return reverse(Book, 'author')
    },
    get edited() {
      return reverse(Book, 'editor')
    },
    get profile() {
      return reverse(Profile, 'author')
    },
    get contributions() {
      return reverse(Contribution, 'author')
    },
    get contributed() {
      return reverse(Book, 'contributors')
    },
    get reviewsWritten() {
      return reverse(Review, 'reviewer')
    },
  },
  { ordering: ['name', '-id'] },
) {
  static objects = manager(Author)
}

export class Profile extends Model({
  bio: text(),
  website: url({ null: true }),
  get author() {
    return oneToOne(Author, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Profile)
}

export class Tag extends Model({
  name: char({ maxLength: 30, unique: true }),
  get parent() {
    return foreignKey(Tag, { onDelete: RESTRICT, null: true })
  },
  get children() {
    return reverse(Tag, 'parent')
  },
  get books() {
    return reverse(Book, 'tags')
  },
}) {
  static objects = manager(Tag)
}

export class Book extends Model({
  title: char({ maxLength: 200 }),
  subtitle: text({ null: true }),
  slug: slug({ unique: true }),
  code: uuid({ null: true }),
  pages: integer({ null: true }),
  copies: bigInteger({ null: true }),
  price: decimal({ maxDigits: 8, decimalPlaces: 2, null: true }),
  discount: decimal({ maxDigits: 5, decimalPlaces: 2, default: new Decimal(0) }),
  rating: float({ null: true }),
  published: date({ null: true }),
  createdAt: dateTime(),
  updatedAt: dateTime({ null: true }),
  opensAt: time({ null: true }),
  readingTime: duration({ null: true }),
  isDraft: boolean({ default: false }),
  isTranslated: boolean({ null: true }),
  data: json({ null: true }),
  cover: binary({ null: true }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
  get editor() {
    return foreignKey(Author, { onDelete: SET_NULL, null: true })
  },
  get publisher() {
    return foreignKey(Publisher, { onDelete: PROTECT, null: true })
  },
  get tags() {
    return manyToMany(Tag)
  },
  get contributors() {
    return manyToMany(Author, { through: Contribution })
  },
  get contributions() {
    return reverse(Contribution, 'book')
  },
  get reviews() {
    return reverse(Review, 'book')
  },
  get sales() {
    return reverse(Sale, 'book')
  },
}) {
  static objects = manager(Book)
}

/** Who did what in a book: pairs with columns of their own. */
export class Contribution extends Model({
  role: char({ maxLength: 20 }),
  position: integer(),
  get book() {
    return foreignKey(Book, { onDelete: CASCADE })
  },
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Contribution)
}

export class Review extends Model({
  stars: positiveSmallInteger(),
  body: text(),
  helpful: boolean({ null: true }),
  postedAt: dateTime(),
  get book() {
    return foreignKey(Book, { onDelete: CASCADE })
  },
  get reviewer() {
    return foreignKey(Author, { onDelete: SET_NULL, null: true })
  },
}) {
  static objects = manager(Review)
}

export class Sale extends Model({
  day: date(),
  quantity: integer(),
  amount: decimal({ maxDigits: 10, decimalPlaces: 2 }),
  get book() {
    return foreignKey(Book, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Sale)
}

/** What both sides know, in an order in which rows can be inserted. Django's side of it is `shop/models.py`. */
export const schema = { Country, Publisher, Author, Profile, Tag, Book, Contribution, Review, Sale }

export type ModelName = keyof typeof schema

export const metas: readonly ModelMeta[] = registerModels('shop', schema)
