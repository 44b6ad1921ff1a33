import { Count, F, Lower, Prefetch, Q, Sum, Upper } from '../expressions.ts'
import { Author, Book, Country, Publisher, plainDate, Review, Sale, Tag } from '../neutral.ts'
import type { Cases } from './case.ts'

export const ordering: Cases = {
  'by a column, then the key': Book.orderBy('title', 'id'),
  descending: Book.orderBy('-pages', 'id'),
  'NULLs, ascending': Book.orderBy('pages', '-id'),
  'over a relation': Book.orderBy('author__name', 'id'),
  'over a nullable relation': Book.orderBy('-publisher__name', 'id'),
  'over two': Book.orderBy('author__mentor__rating', '-id'),
  'over many repeats rows': Tag.orderBy('books__id', 'id'),
  'by a relation, which goes by the ordering of its model': Book.orderBy('author', 'id'),
  'by a key': Book.orderBy('authorId', 'id'),
  'by a relation without an ordering': Book.orderBy('publisher', 'id'),
  'by pk': Book.orderBy('-pk'),
  'of the model': Author.all(),
  'of the model, reversed': Author.reverse(),
  'in place of the model’s': Author.orderBy('-rating', 'id'),
  'taken away': Author.orderBy(),
  'the last one counts': Book.orderBy('title').orderBy('-id'),
  reversed: Book.orderBy('title', '-id').reverse(),
  'reversed twice': Book.orderBy('title', '-id').reverse().reverse(),
  'an expression': Book.orderBy(Lower('title'), 'id'),
  'an expression, descending': Book.orderBy(Lower('title').desc(), 'id'),
  'F, NULLs first': Book.orderBy(F('pages').asc({ nullsFirst: true }), 'id'),
  'F, NULLs last': Book.orderBy(F('pages').asc({ nullsLast: true }), 'id'),
  'F descending, NULLs first': Book.orderBy(F('pages').desc({ nullsFirst: true }), 'id'),
  'F descending, NULLs last': Book.orderBy(F('pages').desc({ nullsLast: true }), 'id'),
  'F, NULLs last, reversed': Book.orderBy(F('pages').desc({ nullsLast: true }), 'id').reverse(),
  'F over a relation': Book.orderBy(F('publisher__founded').desc({ nullsLast: true }), 'id'),
  arithmetic: Book.orderBy(F('pages').add(F('id')).desc({ nullsLast: true }), 'id'),
  'a column that there is not': { refused: Book.orderBy('nothing'), as: 'FieldError' },
}

export const slices: Cases = {
  'the first five': Book.orderBy('id').slice(0, 5),
  'a window': Book.orderBy('title', 'id').slice(10, 15),
  'from somewhere on': Book.orderBy('id').slice(130),
  'a slice of a slice': Book.orderBy('id').slice(10, 30).slice(5, 10),
  'a slice beyond a slice': Book.orderBy('id').slice(10, 20).slice(5, 50),
  'beyond the end': Book.orderBy('id').slice(1000, 1010),
  nothing: Book.orderBy('id').slice(5, 5),
  counted: Book.orderBy('id').slice(130, 200).count(),
  'asked whether there is any': Book.orderBy('id').slice(139, 200).exists(),
  'asked whether there is any beyond the end': Book.orderBy('id').slice(1000, 1001).exists(),
  'in a filter': Review.filter({ book__in: Book.orderBy('-id').slice(20, 30) }),
  'of distinct rows': Author.filter({ books__isDraft: false }).orderBy('id').distinct().slice(3, 8),
  'of values': Book.orderBy('id').values('title').slice(0, 4),
  'cannot be filtered': { refused: Book.slice(0, 5).filter({ id: 1 }), as: 'QueryError' },
  'cannot be ordered': { refused: Book.slice(0, 5).orderBy('id'), as: 'QueryError' },
  'cannot be reversed': { refused: Book.slice(0, 5).reverse(), as: 'QueryError' },
}

export const values: Cases = {
  'of every column': Book.orderBy('id').values(),
  'of every column of each model: Author': Author.values(),
  'of every column of each model: Publisher': Publisher.values(),
  'of every column of each model: Country': Country.values(),
  'of every column of each model: Review': Review.values(),
  'of every column of each model: Sale': Sale.values(),
  'of some': Book.orderBy('id').values('title', 'pages'),
  'of a foreign key': Book.orderBy('id').values('author', 'authorId'),
  'of pk': Book.orderBy('id').values('pk'),
  'over a relation': Book.orderBy('id').values('title', 'author__name', 'publisher__country__name'),
  'over many': Book.orderBy('id').values('id', 'tags__name'),
  'of a relation of many': Book.orderBy('id').values('id', 'tags'),
  'of the other side': Author.orderBy('id').values('name', 'books__title'),
  'of dates and times': Book.orderBy('id').values('published', 'createdAt', 'opensAt', 'readingTime'),
  'of exact numbers': Book.orderBy('id').values('copies', 'price', 'discount'),
  'of documents and bytes': Book.orderBy('id').values('data', 'cover', 'code'),
  'each once': Book.values('authorId').distinct(),
  'each once, in order': Book.orderBy('author__name').values('author__name').distinct(),
  'shared with a filter over many': Book.filter({ tags__name__icontains: 'sf' }).values('id', 'tags__name'),
  'filtered after': Book.values('title').filter({ pages__gt: 100 }),
  'of expressions': Book.orderBy('id').values('id', { upper: Upper('title'), more: F('pages').add(1) }),
  'as lists': Book.orderBy('id').valuesList('title', 'pages'),
  'as a flat list': Book.orderBy('id').valuesList('title', { flat: true }),
  'as a flat list of pk': Book.orderBy('-id').valuesList('pk', { flat: true }),
  'as lists of every column': Publisher.orderBy('id').valuesList(),
  'as a flat list, each once': Book.orderBy('pages').valuesList('pages', { flat: true }).distinct(),
  'as lists with an expression': Book.orderBy('id').valuesList('id', Lower('title')),
  'the first': Book.orderBy('id').values('title').first(),
  'of one': Book.values('title').get({ id: 3 }),
  'of a part of a date': Book.orderBy('id').values('published__year'),
  'of a column that there is not': { refused: Book.values('nothing'), as: 'FieldError' },
}

export const dates: Cases = {
  ...Object.fromEntries(
    ['year', 'month', 'week', 'day'].flatMap((kind) => [
      [`of a date, by ${kind}`, Book.dates('published', kind)],
      [`of a date, by ${kind}, descending`, Book.dates('published', kind, 'DESC')],
    ]),
  ),
  ...Object.fromEntries(
    ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'].map((kind) => [
      `of points in time, by ${kind}`,
      Book.datetimes('createdAt', kind),
    ]),
  ),
  'over a relation': Author.dates('books__published', 'year'),
  filtered: Book.filter({ isDraft: true }).dates('published', 'month'),
  'points in time, descending': Review.datetimes('postedAt', 'month', { order: 'DESC' }),
}

export const ends: Cases = {
  count: Book.count(),
  'count of a filter over many': Book.filter({ tags__in: [1, 2, 3] }).count(),
  'count of distinct rows': Book.filter({ tags__in: [1, 2, 3] })
    .distinct()
    .count(),
  'count of distinct values': Book.values('authorId').distinct().count(),
  'count of values over many': Book.values('tags__name').count(),
  'count of values over many, chosen by them': Book.filter({ tags__in: [1, 2] })
    .values('title', 'tags__name')
    .count(),
  'count of a slice of values over many': Book.orderBy('id').values('tags__name').slice(3, 4000).count(),
  'values over many, and none beyond': Book.values('tags__name').slice(30000).exists(),
  'aggregates of values over many': Book.values('tags__name').aggregate({ n: Count('id'), pages: Sum('pages') }),
  'count of distinct rows with what is over many': Book.annotate({ tag: F('tags__name') })
    .distinct()
    .count(),
  'count of distinct rows with what is over many, twice': Book.filter({ tags__in: [1, 2, 3] })
    .annotate({ low: Lower('author__name'), n: F('reviews__stars') })
    .distinct()
    .count(),
  exists: Book.filter({ title: 'abc' }).exists(),
  'exists not': Book.filter({ title: 'nowhere' }).exists(),
  none: Book.none(),
  'none, counted': Book.none().count(),
  'none, filtered': Book.none().filter({ id: 1 }).exists(),
  'in none': Book.filter({ author__in: Author.none() }),
  'not in none': Book.exclude({ author__in: Author.none() }),
  get: Book.get({ id: 5 }),
  'get of a filter': Book.filter({ id: 5 }).get(),
  'get over a relation': Book.get({ reviews__id: 9 }),
  'get with a tree': Book.get(Q({ id: 5 }).or({ slug: 'nowhere' })),
  'get nothing': { refused: Book.get({ id: 0 }), as: 'ObjectDoesNotExist' },
  'get many': { refused: Book.get({ isDraft: true }), as: 'MultipleObjectsReturned' },
  'first, ordered': Book.orderBy('-title', 'id').first(),
  'first, by key': Book.first(),
  'first of the model’s ordering': Author.first(),
  'first of nothing': Book.filter({ id: 0 }).first(),
  'last, ordered': Book.orderBy('title', 'id').last(),
  'last, by key': Book.last(),
  'last of the model’s ordering': Author.last(),
  'last of a reversed': Book.orderBy('id').reverse().last(),
  latest: Book.latest('createdAt', 'id'),
  'latest over a nullable': Sale.latest('day', 'id'),
  earliest: Book.earliest('createdAt', 'id'),
  'earliest, descending': Book.earliest('-createdAt', 'id'),
  'latest of nothing': { refused: Book.filter({ id: 0 }).latest('createdAt'), as: 'ObjectDoesNotExist' },
  inBulk: Book.inBulk([1, 2, 3, 999]),
  'inBulk of nothing': Book.inBulk([]),
  'inBulk by another column': Book.inBulk(['book-1', 'book-7'], { fieldName: 'slug' }),
  iterator: Book.orderBy('id').iterator(),
  'iterator of values': Book.orderBy('id').values('title').iterator(),
  'raw SQL': Book.raw('SELECT * FROM shop_book WHERE pages > ? ORDER BY id', [100]),
  'raw SQL of some columns': Book.raw('SELECT id, title FROM shop_book WHERE slug LIKE ?', ['book-1%']),
  distinct: Book.filter({ reviews__stars__gte: 4 }).distinct(),
  defer: Book.orderBy('id').defer('title', 'data'),
  only: Book.orderBy('id').only('title'),
  'only, over a relation': Book.orderBy('id').selectRelated('author').only('title', 'author__name'),
  'a date as a filter of the last': Book.filter({ published__lt: plainDate('2000-01-01') })
    .orderBy('published', 'id')
    .last(),
}

export const loading: Cases = {
  selectRelated: Book.orderBy('id').selectRelated('author'),
  'selectRelated, nullable': Book.orderBy('id').selectRelated('editor', 'publisher'),
  'selectRelated, twice': Book.orderBy('id').selectRelated('author__mentor', 'publisher__country'),
  'selectRelated of a one to one’s other side': Author.selectRelated('profile'),
  'selectRelated, filtered over the same': Book.filter({ publisher__city: 'Paris' })
    .orderBy('id')
    .selectRelated('publisher'),
  'selectRelated of one': Book.selectRelated('author__mentor').get({ id: 3 }),
  'selectRelated, the first': Review.orderBy('-id').selectRelated('book__author', 'reviewer').first(),
  'selectRelated of many': { refused: Book.selectRelated('tags'), as: 'FieldError' },
  prefetchRelated: Book.orderBy('id').prefetchRelated('tags'),
  'prefetchRelated of the other side': Author.prefetchRelated('books'),
  'prefetchRelated of a foreign key': Book.orderBy('id').prefetchRelated('publisher'),
  'prefetchRelated, nested': Author.prefetchRelated('books__tags', 'books__reviews'),
  'prefetchRelated over a nullable': Book.orderBy('id').prefetchRelated('editor__books'),
  'prefetchRelated of the same model': Author.prefetchRelated('friends', 'pupils'),
  'prefetchRelated through a model of its own': Book.orderBy('id').prefetchRelated(
    'contributors',
    'contributions__author',
  ),
  'prefetchRelated of a slice': Book.orderBy('-id').slice(0, 10).prefetchRelated('reviews'),
  'Prefetch with a queryset': Author.prefetchRelated(Prefetch('books', Book.filter({ isDraft: false }))),
  'Prefetch to an attribute': Author.prefetchRelated(
    Prefetch('books', Book.filter({ pages__gt: 100 }), { toAttr: 'longBooks' }),
  ),
}
