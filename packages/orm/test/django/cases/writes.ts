import { Case, Count, F, Lower, OuterRef, Q, Subquery, Upper, Value, When } from '../expressions.ts'
import type { Recorded } from '../neutral.ts'
import {
  Author,
  Book,
  Contribution,
  instant,
  micros,
  money,
  Profile,
  Publisher,
  plainDate,
  Review,
  Sale,
  Tag,
} from '../neutral.ts'
import type { Cases } from './case.ts'

const rowsOf = (from: Recorded): Recorded => from.orderBy('pk').values()
const counts = [Author, Profile, Book, Contribution, Review, Sale, Tag, Publisher].map((model) => model.count())
const sale = { day: plainDate('2024-02-29'), quantity: 2, amount: money('3.50'), book: Book.get({ id: 3 }) }

export const updates: Cases = {
  'of a value': [Book.filter({ isDraft: true }).update({ title: 'x', pages: null }), rowsOf(Book)],
  'of all': [Sale.update({ quantity: 1 }), rowsOf(Sale)],
  'of none': [Sale.none().update({ quantity: 1 }), rowsOf(Sale)],
  'of typed values': [
    Book.filter({ id__lt: 4 }).update({
      price: money('1.25'),
      published: plainDate('2024-02-29'),
      createdAt: instant('2024-03-31T01:00:00.25Z'),
      readingTime: micros(90_000_001),
      data: { deep: [1, { two: null }] },
    }),
    rowsOf(Book),
  ],
  'of a foreign key': [Book.filter({ id__lt: 10 }).update({ author: Author.get({ id: 5 }) }), rowsOf(Book)],
  'of a foreign key to nothing': [Book.filter({ id__lt: 10 }).update({ publisher: null }), rowsOf(Book)],
  'filtered over a relation': [Book.filter({ author__name: 'Ada' }).update({ pages: 7 }), rowsOf(Book)],
  'filtered over many': [Book.filter({ tags__name__icontains: 'sf' }).update({ pages: 7 }), rowsOf(Book)],
  'excluded over many': [Book.exclude({ tags: 1 }).update({ pages: 7 }), rowsOf(Book)],
  'by arithmetic': [Book.update({ pages: F('pages').add(1) }), rowsOf(Book)],
  'by another column': [Book.update({ subtitle: F('title') }), rowsOf(Book)],
  'by a function': [Book.update({ title: Upper('slug'), subtitle: Lower('slug') }), rowsOf(Book)],
  'by a case': [Book.update({ pages: Case(When({ isDraft: true }, Value(0)), { default: F('pages') }) }), rowsOf(Book)],
  'by a subquery': [
    Book.update({
      pages: Subquery(
        Review.filter({ book: OuterRef('pk') })
          .orderBy('-stars', 'id')
          .values('stars')
          .slice(0, 1),
      ),
    }),
    rowsOf(Book),
  ],
  'filtered by an annotation': [
    Book.annotate({ n: Count('reviews') })
      .filter({ n__gt: 3 })
      .update({ pages: 3 }),
    rowsOf(Book),
  ],
  'by an annotation': [Book.annotate({ more: F('pages').multiply(2) }).update({ pages: F('more') }), rowsOf(Book)],
  'over a relation, in the value': { refused: Book.update({ title: F('author__name') }), as: 'FieldError' },
  'of a slice': { refused: Book.slice(0, 5).update({ pages: 1 }), as: 'QueryError' },
  'of a column that there is not': { refused: Book.update({ nothing: 1 }), as: 'FieldError' },
}

export const deletes: Cases = {
  'of rows that nothing points to': [Sale.filter({ quantity__gt: 5 }).delete(), rowsOf(Sale)],
  'of none': [Sale.none().delete(), ...counts],
  'that cascades': [Book.filter({ id__in: [1, 2, 3] }).delete(), ...counts],
  'that cascades further, and sets keys null': [
    Author.filter({ name: 'Ada' }).delete(),
    ...counts,
    rowsOf(Author),
    rowsOf(Book),
  ],
  'of one row': [Author.get({ id: 3 }).delete(), ...counts],
  'filtered over many': [Book.filter({ tags__in: [1, 2] }).delete(), ...counts],
  'excluded over many': [Review.exclude({ book__tags: 1 }).delete(), ...counts],
  'filtered by an annotation': [
    Book.annotate({ n: Count('reviews') })
      .filter({ n: 0 })
      .delete(),
    ...counts,
  ],
  'of a model that points to itself': [
    Tag.filter({ parent__isnull: false, children__isnull: true }).delete(),
    ...counts,
  ],
  'that is protected': { refused: Publisher.filter({ books__isnull: false }).delete(), as: 'ProtectedError' },
  'that is restricted': {
    refused: Tag.filter({ children__isnull: false, parent__isnull: true }).delete(),
    as: 'RestrictedError',
  },
  'of a slice': { refused: Sale.slice(0, 5).delete(), as: 'QueryError' },
}

export const creations: Cases = {
  create: [Sale.create(sale), rowsOf(Sale)],
  'create with a default': [
    Book.create({
      title: 'New',
      slug: 'new',
      createdAt: instant('2024-01-01T00:00:00Z'),
      author: Author.get({ id: 2 }),
    }),
    Book.filter({ slug: 'new' }).values(),
  ],
  'getOrCreate, there': [Tag.getOrCreate({ id: 3 }), rowsOf(Tag)],
  'getOrCreate, made': [Tag.getOrCreate({ name: 'brand new' }, { parent: Tag.get({ id: 1 }) }), rowsOf(Tag)],
  'getOrCreate with a lookup': [Tag.getOrCreate({ name__iexact: 'BRAND' }, { name: 'brand' }), rowsOf(Tag)],
  'getOrCreate of many': { refused: Book.getOrCreate({ isDraft: true }), as: 'MultipleObjectsReturned' },
  'updateOrCreate, there': [Publisher.updateOrCreate({ slug: 'publisher-3' }, { city: 'Rome' }), rowsOf(Publisher)],
  'updateOrCreate, made': [Publisher.updateOrCreate({ slug: 'new' }, { name: 'New', city: 'Rome' }), rowsOf(Publisher)],
  bulkCreate: [Sale.bulkCreate([sale, { ...sale, quantity: 3 }, { ...sale, quantity: 4 }]), rowsOf(Sale)],
  'bulkCreate of nothing': [Sale.bulkCreate([]), Sale.count()],
  'bulkCreate in batches': [Sale.bulkCreate([sale, sale, sale, sale, sale], { batchSize: 2 }), rowsOf(Sale)],
  'bulkCreate, ignoring what is there': [
    Tag.bulkCreate([{ name: 'fresh' }, { id: 1, name: 'again' }], { ignoreConflicts: true }),
    rowsOf(Tag),
  ],
  bulkUpdate: [
    Book.bulkUpdate(
      [Book.get({ id: 1 }).assign({ title: 'a', pages: 1 }), Book.get({ id: 2 }).assign({ title: 'b', pages: null })],
      ['title', 'pages'],
    ),
    rowsOf(Book),
  ],
  'bulkUpdate by an expression': [
    Book.bulkUpdate([Book.get({ id: 1 }).assign({ pages: F('id').add(5) })], ['pages']),
    rowsOf(Book),
  ],
  'save of what changed': [
    Book.get({ id: 3 })
      .assign({ title: 'changed', published: plainDate('2024-02-29') })
      .save(),
    rowsOf(Book),
  ],
  'save of an expression': [
    Book.get({ id: 8 })
      .assign({ copies: F('copies').add(1) })
      .save(),
    rowsOf(Book),
  ],
  'save of some fields': [
    Book.get({ id: 3 })
      .assign({ title: 'changed', slug: 'not-this' })
      .save({ updateFields: ['title'] }),
    rowsOf(Book),
  ],
  'a unique value twice': { refused: Tag.create({ name: 'twice', id: 1 }), as: 'IntegrityError' },
}

const tagsOf = Book.filter({ id: 3 }).orderBy('tags').values('id', 'tags')
const friendsOf = Author.filter({ friends__isnull: false }).orderBy('id', 'friends').values('id', 'friends')

export const managers: Cases = {
  'all of many to many': Book.get({ id: 3 }).attribute('tags').orderBy('id'),
  'all of the other side': Author.get({ id: 3 }).attribute('books').orderBy('id'),
  filtered: Author.get({ id: 3 }).attribute('books').filter({ pages__gt: 50 }).count(),
  'a filter over the same relation is about the same row': Book.get({ id: 3 })
    .attribute('tags')
    .filter({ books__isDraft: true }),
  add: [
    Book.get({ id: 3 })
      .attribute('tags')
      .add(Tag.get({ id: 16 }), Tag.get({ id: 17 })),
    tagsOf,
  ],
  'add what is there': [
    Book.get({ id: 3 })
      .attribute('tags')
      .add(...[1, 2, 3].map((id) => Tag.get({ id }))),
    tagsOf,
  ],
  remove: [
    Book.get({ id: 3 })
      .attribute('tags')
      .remove(...[1, 2, 3].map((id) => Tag.get({ id }))),
    tagsOf,
  ],
  set: [
    Book.get({ id: 3 })
      .attribute('tags')
      .set([Tag.get({ id: 2 }), Tag.get({ id: 17 })]),
    tagsOf,
  ],
  'set to nothing': [Book.get({ id: 3 }).attribute('tags').set([]), tagsOf],
  clear: [Book.get({ id: 3 }).attribute('tags').clear(), tagsOf],
  create: [Book.get({ id: 3 }).attribute('tags').create({ name: 'made here' }), Tag.filter({ books: 3 }).orderBy('id')],
  'add of friends goes both ways': [
    Author.get({ id: 3 })
      .attribute('friends')
      .add(Author.get({ id: 33 })),
    friendsOf,
  ],
  'remove of friends goes both ways': [Author.get({ id: 3 }).attribute('friends').clear(), friendsOf],
  'add from the other side': [
    Tag.get({ id: 17 })
      .attribute('books')
      .add(Book.get({ id: 3 })),
    tagsOf,
  ],
  'create from the other side': [
    Author.get({ id: 3 })
      .attribute('reviewsWritten')
      .create({
        stars: 3,
        body: 'x',
        postedAt: instant('2024-01-01T00:00:00Z'),
        book: Book.get({ id: 1 }),
      }),
    rowsOf(Review),
  ],
  'add of the other side moves the key': [
    Author.get({ id: 3 })
      .attribute('edited')
      .add(Book.get({ id: 1 })),
    rowsOf(Book),
  ],
  'remove of the other side sets it null': [Publisher.get({ id: 1 }).attribute('books').clear(), rowsOf(Book)],
  'update of a manager': [Author.get({ id: 3 }).attribute('books').update({ pages: 1 }), rowsOf(Book)],
  'delete of a manager': [Author.get({ id: 3 }).attribute('reviewsWritten').all().delete(), Review.count()],
  'a forward relation': Book.get({ id: 3 }).attribute('author'),
  'a forward relation that is null': Author.get({ id: 1 }).attribute('mentor'),
  'a one to one’s other side': Author.get({ id: 1 }).attribute('profile'),
  'a condition over many beside a manager': Author.get({ id: 3 })
    .attribute('books')
    .exclude(Q({ tags: 1 })),
}
