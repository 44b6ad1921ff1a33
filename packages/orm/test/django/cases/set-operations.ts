import { Count, F, Upper, Value } from '../expressions.ts'
import { Author, Book, Publisher, Review, Tag } from '../neutral.ts'
import type { Cases } from './case.ts'

const ada = Author.filter({ name: 'Ada' }).orderBy()
const rated = Author.filter({ rating__gt: 2 }).orderBy()
const short = Book.filter({ pages__lte: 100 })
const drafts = Book.filter({ isDraft: true })

export const setOperations: Cases = {
  union: short.union(drafts),
  'union, with doubles': short.union(drafts, { all: true }),
  'union of three': short.union(drafts, Book.filter({ id__lt: 10 })),
  intersection: short.intersection(drafts),
  difference: short.difference(drafts),
  'difference of two': Book.filter({ id__lt: 60 }).difference(short, drafts),
  ordered: short.union(drafts).orderBy('-id'),
  'ordered by text': short.union(drafts).orderBy('title', 'id'),
  sliced: short.union(drafts).orderBy('id').slice(3, 9),
  'the first': short.union(drafts).orderBy('-id').first(),
  counted: short.union(drafts).count(),
  'counted, with doubles': short.union(drafts, { all: true }).count(),
  'intersection counted': short.intersection(drafts).count(),
  'asked whether there is any': short.intersection(drafts).exists(),
  'of values': short.values('title').union(drafts.values('title')),
  'of values of two models': Author.orderBy().values('name').union(Publisher.values('name')),
  'of lists of two models': Author.orderBy().valuesList('name').union(Tag.valuesList('name')).orderBy('name'),
  'values after': short.union(drafts).values('id', 'title').orderBy('id'),
  'a flat list after': short.union(drafts).orderBy('id').valuesList('id', { flat: true }),
  'of annotations': Book.annotate({ kind: Value('book') })
    .values('kind', 'id')
    .union(Review.annotate({ kind: Value('review') }).values('kind', 'id')),
  'ordered by an annotation': Book.annotate({ up: Upper('slug') })
    .values('up')
    .union(Tag.annotate({ up: Upper('name') }).values('up'))
    .orderBy('up'),
  'of aggregates': Book.values('authorId')
    .annotate({ n: Count('id') })
    .union(Review.values('bookId').annotate({ n: Count('id') })),
  'with none': short.union(Book.none()),
  'none with': Book.none().union(short),
  'difference from none': Book.none().difference(short),
  'difference with none': short.difference(Book.none()),
  'intersection with none': short.intersection(Book.none()),
  'of models with an ordering': ada.union(rated).orderBy('-id'),
  'as a value of in': Book.filter({ author__in: ada.values('id').union(rated.values('id')) }),
  'with arithmetic': Book.values('id', { more: F('id').add(1) }).union(Review.values('id', { more: F('stars') })),
  'two querysets joined by or': short.or(drafts),
  'two querysets joined by and': short.and(drafts),
  'joined by or, over many': Book.filter({ tags: 1 }).or(Book.filter({ reviews__stars: 5 })),
  'joined by or, over the same relation': Book.filter({ author__name: 'Ada' }).or(
    Book.filter({ author__rating__gt: 3 }),
  ),
  'joined by and, over many': Book.filter({ tags: 1 }).and(Book.filter({ tags: 2 })),
  'joined by or, one of them excludes': Book.exclude({ publisher__city: 'Paris' }).or(Book.filter({ pages: 100 })),
  'joined by or, ordered': short.or(drafts).orderBy('-title', 'id'),
  'joined by or with none': short.or(Book.none()),
  'joined by and with none': short.and(Book.none()),
  'a union cannot be filtered': { refused: short.union(drafts).filter({ id: 1 }), as: 'QueryError' },
  'nor annotated': { refused: short.union(drafts).annotate({ n: Count('tags') }), as: 'QueryError' },
  'nor excluded': { refused: short.union(drafts).exclude({ id: 1 }), as: 'QueryError' },
  'nor made distinct': { refused: short.union(drafts).distinct(), as: 'QueryError' },
}
