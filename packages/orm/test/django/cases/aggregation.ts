import {
  Avg,
  Case,
  Coalesce,
  Count,
  F,
  FilteredRelation,
  Length,
  Max,
  Min,
  Q,
  StdDev,
  Sum,
  Value,
  Variance,
  When,
} from '../expressions.ts'
import { Author, Book, Country, instant, money, Publisher, plainDate, Review, Sale, Tag } from '../neutral.ts'
import type { Cases } from './case.ts'

/** One row of numbers for all rows. */
export const aggregates: Cases = {
  'of all kinds, over a column': Book.aggregate({
    n: Count('id'),
    filled: Count('pages'),
    sum: Sum('pages'),
    mean: Avg('pages'),
    least: Min('pages'),
    most: Max('pages'),
  }),
  'of every row': Book.aggregate({ n: Count('*') }),
  'of nothing': Book.filter({ id: 0 }).aggregate({
    n: Count('id'),
    sum: Sum('pages'),
    mean: Avg('rating'),
    most: Max('title'),
  }),
  'of none': Book.none().aggregate({ n: Count('id'), sum: Sum('pages') }),
  'each value once': Book.aggregate({ n: Count('pages', { distinct: true }), sum: Sum('pages', { distinct: true }) }),
  'of decimals': Book.aggregate({ sum: Sum('price'), mean: Avg('price'), least: Min('price'), most: Max('price') }),
  'of floats': Book.aggregate({ sum: Sum('rating'), mean: Avg('rating') }),
  'of bigints': Book.filter({ copies__lt: 100 }).aggregate({
    sum: Sum('copies'),
    least: Min('copies'),
    most: Max('copies'),
  }),
  'of dates and times': Book.aggregate({
    first: Min('published'),
    last: Max('createdAt'),
    opens: Min('opensAt'),
    longest: Max('readingTime'),
  }),
  'of durations': Book.aggregate({ sum: Sum('readingTime'), mean: Avg('readingTime') }),
  'of text': Book.aggregate({ first: Min('title'), last: Max('title') }),
  'over a relation': Book.aggregate({
    most: Max('author__rating'),
    cities: Count('publisher__city', { distinct: true }),
  }),
  'over many': Author.aggregate({ n: Count('books'), sum: Sum('books__pages'), linked: Count('books__tags') }),
  'of a filtered': Book.filter({ tags__in: [1, 2] }).aggregate({
    n: Count('id'),
    rows: Count('id', { distinct: true }),
  }),
  'of distinct rows': Book.filter({ tags__in: [1, 2, 3] })
    .distinct()
    .aggregate({ sum: Sum('pages') }),
  'of distinct values': Book.values('pages')
    .distinct()
    .aggregate({ sum: Sum('pages') }),
  'of a slice': Book.orderBy('id')
    .slice(0, 10)
    .aggregate({ sum: Sum('pages'), n: Count('id') }),
  'of an expression': Sale.aggregate({
    sum: Sum(F('quantity').multiply(2)),
    most: Max(F('quantity').add(F('book__id'))),
  }),
  'of an annotation': Author.annotate({ n: Count('books') }).aggregate({ most: Max('n'), mean: Avg('n') }),
  'of an annotation, in a group': Book.values('authorId')
    .annotate({ n: Count('id') })
    .aggregate({ most: Max('n'), sum: Sum('n') }),
  'of a plain annotation': Book.annotate({ twice: F('pages').multiply(2) }).aggregate({ sum: Sum('twice') }),
  filtered: Book.aggregate({
    long: Count('id', { filter: Q({ pages__gt: 100 }) }),
    sum: Sum('pages', { filter: Q({ isDraft: false }) }),
    none: Count('id', { filter: Q({ pages__lt: -5 }) }),
  }),
  'filtered over a relation': Book.aggregate({ n: Count('id', { filter: Q({ author__name: 'Ada' }) }) }),
  'filtered by a negation': Book.aggregate({ n: Count('id', { filter: Q({ pages: 100 }).not() }) }),
  'of a case': Book.aggregate({ n: Sum(Case(When({ pages__gt: 100 }, Value(1)), { default: Value(0) })) }),
  'of a function': Book.aggregate({ longest: Max(Length('title')) }),
  'with something for nothing': Book.filter({ id: 0 }).aggregate({ sum: Coalesce(Sum('pages'), Value(0)) }),
  'arithmetic of aggregates': Book.aggregate({ span: Max('pages').subtract(Min('pages')) }),
  'deviation of the population': Review.aggregate({ dev: StdDev('stars'), spread: Variance('stars') }),
  'deviation of a sample': Review.aggregate({
    dev: StdDev('stars', { sample: true }),
    spread: Variance('stars', { sample: true }),
  }),
  'deviation beside rows': Book.filter({ reviews__isnull: false })
    .annotate({ dev: StdDev('reviews__stars') })
    .filter({ dev__gt: 1 }),
  'two over two relations of many multiply': Author.aggregate({ a: Count('books'), b: Count('friends') }),
}

/** Numbers beside rows. */
export const annotations: Cases = {
  'count of the other side': Author.annotate({ n: Count('books') }),
  'count of many to many': Tag.annotate({ n: Count('books') }).orderBy('-n', 'id'),
  'count from the other side': Book.annotate({ n: Count('tags') }),
  'each once': Author.annotate({ n: Count('books__publisher', { distinct: true }) }),
  'over two relations of many': Author.annotate({ a: Count('books'), b: Count('friends') }),
  'over two relations of many, each once': Author.annotate({
    a: Count('books', { distinct: true }),
    b: Count('friends', { distinct: true }),
  }),
  'sum, least, most and mean': Author.annotate({
    sum: Sum('books__pages'),
    least: Min('books__price'),
    most: Max('books__published'),
    mean: Avg('books__rating'),
  }),
  far: Country.annotate({ reviews: Count('publishers__books__reviews') }),
  'filtered before': Author.filter({ books__isDraft: false }).annotate({ n: Count('books') }),
  'filtered after': Author.annotate({ n: Count('books') }).filter({ books__isDraft: false }),
  'filtered by': Author.annotate({ n: Count('books') }).filter({ n__gt: 3 }),
  'filtered by, and by a column': Author.annotate({ n: Count('books') }).filter({ n__gte: 2, name: 'Ada' }),
  'filtered by, or by a column': Author.annotate({ n: Count('books') }).filter(Q({ n__gt: 5 }).or({ name: 'Ada' })),
  'excluded by': Author.annotate({ n: Count('books') }).exclude({ n: 0 }),
  'excluded by, and by a column': Author.annotate({ n: Count('books') }).exclude({ n__lt: 3, name: 'Ada' }),
  negated: Author.annotate({ n: Count('books') }).filter(Q({ n__gt: 3 }).not()),
  in: Author.annotate({ n: Count('books') }).filter({ n__in: [0, 3, 5] }),
  range: Author.annotate({ n: Count('books') }).filter({ n__range: [2, 4] }),
  isnull: Author.annotate({ most: Max('books__pages') }).filter({ most__isnull: true }),
  'decimal compared': Author.annotate({ sum: Sum('books__price') }).filter({ sum__gt: money('50') }),
  'date compared': Author.annotate({ last: Max('books__published') }).filter({ last__gte: plainDate('2021-01-01') }),
  'point in time compared': Author.annotate({ last: Max('books__createdAt') }).filter({
    last__gt: instant('2023-01-01T00:00:00Z'),
  }),
  'part of a date': Author.annotate({ last: Max('books__published') }).filter({ last__year: 2100 }),
  'two, compared with each other': Author.annotate({ a: Count('books'), b: Count('friends') }).filter({
    a__gt: F('b'),
  }),
  counted: Author.annotate({ n: Count('books') })
    .filter({ n__gt: 3 })
    .count(),
  any: Author.annotate({ n: Count('books') })
    .filter({ n__gt: 100 })
    .exists(),
  'the first': Author.annotate({ n: Count('books') })
    .orderBy('-n', 'id')
    .first(),
  sliced: Author.annotate({ n: Count('books') })
    .orderBy('-n', 'id')
    .slice(2, 6),
  'with a filter of its own': Author.annotate({ long: Count('books', { filter: Q({ books__pages__gt: 100 }) }) }),
  'two with filters': Publisher.annotate({
    long: Count('books', { filter: Q({ books__pages__gt: 100 }) }),
    short: Count('books', { filter: Q({ books__pages__lte: 100 }) }),
  }),
  'of an expression': Author.annotate({ sum: Sum(F('books__pages').add(F('books__id'))) }),
  'of an earlier annotation': Book.annotate({ twice: F('pages').multiply(2) })
    .values('authorId')
    .annotate({ sum: Sum('twice') }),
  'arithmetic with one': Author.annotate({ n: Count('books') }).annotate({ more: F('n').multiply(10).add(1) }),
  'on one with an aggregate': Author.annotate({ share: Sum('books__pages').divide(Count('books')) }).filter({
    books__pages__isnull: false,
  }),
  'with selectRelated': Book.annotate({ n: Count('reviews') })
    .selectRelated('author', 'publisher')
    .orderBy('id'),
  'ordered by a relation': Book.annotate({ n: Count('reviews') }).orderBy('author__name', 'id'),
  'a negation over many after': Book.annotate({ n: Count('reviews') }).exclude({ tags: 1 }),
  'over a filtered relation': Author.alias({
    long: FilteredRelation('books', { condition: Q({ books__pages__gt: 100 }) }),
  }).annotate({
    n: Count('long'),
  }),
  'a filtered relation, filtered': Author.alias({
    long: FilteredRelation('books', { condition: Q({ books__pages__gt: 100 }) }),
  }).filter({
    long__title__icontains: 'a',
  }),
  'a filtered relation that has no rows': Author.alias({
    long: FilteredRelation('books', { condition: Q({ books__pages__gt: 900 }) }),
  }).filter({ long__isnull: true }),
  'a condition on groups over a relation that a later filter joins again': Tag.annotate({ n: Count('books__reviews') })
    .filter(Q({ parentId: 1 }).or({ n__gt: 0, children__books__updatedAt__week__gt: 1 }))
    .filter({ children__id__gt: 0, n__gt: 0 }),
  'a negated condition over many in a group': Tag.annotate({ most: Max('parentId') }).exclude({
    books: null,
    most__gt: -1,
  }),
  'alias, filtered': Author.alias({ n: Count('books') }).filter({ n__gt: 3 }),
  'alias, then annotate': Author.alias({ n: Count('books') }).annotate({ more: F('n').add(1) }),
  'twice over one relation': Author.annotate({ a: Count('books') }).annotate({ b: Max('books__pages') }),
  'of a model without rows there': Tag.annotate({ n: Count('children') }).filter({ n: 0 }),
  'a name that is a field': {
    refused: Author.annotate({ name: Count('books') }),
    as: 'ValueError',
    here: 'FieldError',
  },
}

/** `values` before an aggregate says what is counted together. */
export const groups: Cases = {
  'by a column': Book.values('pages').annotate({ n: Count('id') }),
  'by a column, ordered': Book.values('pages')
    .annotate({ n: Count('id') })
    .orderBy('-n', 'pages'),
  'by a foreign key': Book.values('author').annotate({ n: Count('id') }),
  'by a column of a relation': Book.values('author__name').annotate({ n: Count('id'), sum: Sum('pages') }),
  'under the name of a field that is not selected': Book.values('author__name').annotate({ pages: Sum('pages') }),
  'by what was selected before': Book.values('author__name')
    .values({ n: Count('id') })
    .orderBy('n'),
  'by what is selected with it': Book.values('author__name', { n: Count('tags') }).orderBy('n', 'id'),
  'by two': Book.values('isDraft', 'isTranslated').annotate({ n: Count('id') }),
  'by a relation of many': Book.values('tags__name').annotate({ n: Count('id') }),
  'by a date': Sale.values('day')
    .annotate({ sum: Sum('amount') })
    .orderBy('day'),
  'by a part of a date': Sale.values('day__year')
    .annotate({ sum: Sum('quantity') })
    .orderBy('day__year'),
  'of a model with an ordering': Author.values('isActive').annotate({ n: Count('id') }),
  'of a model with an ordering that was taken away': Author.orderBy()
    .values('isActive')
    .annotate({ n: Count('id') }),
  'ordered by another column': Book.values('isDraft')
    .annotate({ n: Count('id') })
    .orderBy('pages'),
  'filtered before': Book.filter({ pages__gt: 50 })
    .values('authorId')
    .annotate({ n: Count('id') }),
  'filtered after, by a column': Book.values('authorId')
    .annotate({ n: Count('id') })
    .filter({ authorId__lt: 10 }),
  'filtered after, by the aggregate': Book.values('authorId')
    .annotate({ n: Count('id') })
    .filter({ n__gt: 4 }),
  'annotated before': Book.annotate({ n: Count('reviews') }).values('title', 'n'),
  'annotated before, of the group alone': Author.annotate({ n: Count('books') }).values('n'),
  counted: Book.values('pages')
    .annotate({ n: Count('id') })
    .count(),
  'as lists': Book.values('pages')
    .annotate({ n: Count('id') })
    .orderBy('pages')
    .valuesList('pages', 'n'),
  'as a flat list': Book.values('pages')
    .annotate({ n: Count('id') })
    .orderBy('pages')
    .valuesList('n', { flat: true }),
  'by an annotation': Book.annotate({ long: Case(When({ pages__gt: 100 }, Value(true)), { default: Value(false) }) })
    .values('long')
    .annotate({ n: Count('id') }),
  'by a function': Book.annotate({ size: Length('title') })
    .values('size')
    .annotate({ n: Count('id') })
    .orderBy('size'),
  'two groups one after the other': Review.values('book__author')
    .annotate({ n: Count('id'), mean: Avg('stars') })
    .orderBy('-n', 'book__author'),
  'values after': Book.values('authorId')
    .annotate({ n: Count('id') })
    .values('n'),
  'each once': Book.values('authorId')
    .annotate({ n: Count('id') })
    .values('n')
    .distinct(),
}
