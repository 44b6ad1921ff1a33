import {
  Case,
  Coalesce,
  Count,
  Exists,
  ExtractYear,
  F,
  field,
  Lower,
  Max,
  OuterRef,
  Q,
  Subquery,
  Sum,
  Upper,
  Value,
  When,
} from '../expressions.ts'
import { Author, Book, Contribution, micros, money, Publisher, plainDate, Review, Sale, Tag } from '../neutral.ts'
import type { Cases } from './case.ts'

const newestReview = Review.filter({ book: OuterRef('pk') }).orderBy('-postedAt', '-id')

export const columns: Cases = {
  'F compared': Book.filter({ id__gt: F('pages') }),
  'F equal': Review.filter({ stars: F('reviewer__mentorId') }),
  'F with arithmetic': Book.filter({ pages__gt: F('id').multiply(3) }),
  'F over a relation': Book.filter({ rating__gt: F('author__rating') }),
  'F over two relations': Book.filter({ author__rating__lt: F('editor__rating') }),
  'F over many': Author.filter({ rating__lt: F('books__rating') }),
  'F in a range': Book.filter({ id__range: [F('authorId'), F('pages')] }),
  'F in a list': Book.filter({ id__in: [F('authorId'), 5] }),
  'F, excluded': Book.exclude({ rating__gt: F('author__rating') }),
  'F, nullable, excluded': Book.exclude({ pages: F('editorId') }),
  'F over many, excluded': Author.exclude({ books__rating__gt: F('rating') }),
  'F with contains': Book.filter({ title__icontains: F('subtitle') }),
  'F with startswith': Book.filter({ subtitle__istartswith: F('title') }),
  'F of dates': Book.filter({ updatedAt__gt: F('createdAt') }),
  'F of a part of a date': Book.filter({ createdAt__year: F('updatedAt__year') }),
  'F of a date part compared with another column': Book.filter({ published__year__gt: F('author__born__year') }),
  annotated: Book.annotate({ name: F('author__name') }),
  'annotated over a nullable relation': Book.annotate({ city: F('publisher__city') }),
  'annotated, then filtered': Book.annotate({ name: F('author__name') }).filter({ name: 'Ada' }),
  'annotated over many': Book.annotate({ tag: F('tags__name') }).values('id', 'tag'),
  arithmetic: Book.annotate({ a: F('pages').add(1), b: F('pages').subtract(F('id')), c: F('pages').multiply(2) }),
  'whole division': Book.annotate({ half: F('pages').divide(2) }),
  'division of floats': Book.annotate({ part: F('rating').divide(F('pages')) }),
  remainder: Book.annotate({ rest: F('pages').modulo(7) }),
  power: Book.filter({ pages__lt: 400 }).annotate({ square: F('pages').power(2) }),
  negation: Book.annotate({ minus: F('pages').negate() }),
  decimals: Book.annotate({ net: F('price').subtract(F('discount')) }),
  'decimals, compared': Book.filter({ price__gt: F('discount').multiply(4) }),
  'bit operators': Book.annotate({
    and: F('pages').bitand(6),
    or: F('pages').bitor(1),
    left: F('id').bitleftshift(2),
    right: F('id').bitrightshift(1),
  }),
  'bitwise exclusive or': Book.annotate({ xor: F('pages').bitxor(5) }),
  'a duration added to a point in time': Book.annotate({ end: F('createdAt').add(F('readingTime')) }),
  'a literal duration added': Book.annotate({ end: F('createdAt').add(micros(3_600_000_000)) }),
  'points in time subtracted': Book.annotate({ span: F('updatedAt').subtract(F('createdAt')) }),
  'points in time subtracted, compared': Book.filter({ updatedAt__gt: F('createdAt').add(micros(86_400_000_000)) }),
  'durations added': Book.annotate({ twice: F('readingTime').add(F('readingTime')) }),
  'dates subtracted': Sale.annotate({ age: F('day').subtract(F('book__published')) }),
  'a value': Book.annotate({ n: Value(7), text: Value('x'), yes: Value(true) }),
  'a value with a type': Book.annotate({ n: Value(7, { outputField: field('integer') }) }),
  'a date value': Book.annotate({ day: Value(plainDate('2024-02-29'), { outputField: field('date') }) }),
  'a null value': Book.annotate({ nothing: Value(null, { outputField: field('integer') }) }),
  'values of an expression': Book.orderBy('id').values({ more: F('pages').add(1) }, 'id'),
  'a path that there is not': { refused: Book.filter({ id: F('nothing') }), as: 'FieldError' },
}

export const cases: Cases = {
  'of a column': Book.annotate({
    size: Case(When({ pages__gt: 250 }, Value('long')), When({ pages__gt: 50 }, Value('some')), {
      default: Value('short'),
    }),
  }),
  'without a default': Book.annotate({ size: Case(When({ pages__gt: 250 }, Value('long'))) }),
  'of a tree': Book.annotate({ odd: Case(When(Q({ pages: 100 }).or({ title: '' }), Value(1)), { default: Value(0) }) }),
  'of a negation': Book.annotate({ odd: Case(When(Q({ pages: 100 }).not(), Value(1)), { default: Value(0) }) }),
  'gives a column': Book.annotate({
    name: Case(When({ editor__isnull: true }, 'author__name'), { default: 'editor__name' }),
  }),
  'over a relation': Book.annotate({
    paris: Case(When({ publisher__city: 'Paris' }, Value(true)), { default: Value(false) }),
  }),
  'filtered by': Book.annotate({
    size: Case(When({ pages__gt: 250 }, Value('long')), { default: Value('short') }),
  }).filter({ size: 'long' }),
  'in an ordering': Book.orderBy(Case(When({ isDraft: true }, Value(0)), { default: Value(1) }), 'id'),
  'in a filter': Book.filter({ pages: Case(When({ isDraft: true }, Value(100)), { default: Value(300) }) }),
  'inside a case': Book.annotate({
    size: Case(When({ pages__gt: 100 }, Case(When({ isDraft: true }, Value('a')), { default: Value('b') })), {
      default: Value('c'),
    }),
  }),
  'of decimals': Book.annotate({
    due: Case(When({ price__gt: money('10') }, F('price').subtract(F('discount'))), { default: 'price' }),
  }),
}

export const subqueries: Cases = {
  'a column of another row': Book.annotate({ newest: Subquery(newestReview.values('stars').slice(0, 1)) }),
  'a point in time of another row': Book.annotate({ newest: Subquery(newestReview.values('postedAt').slice(0, 1)) }),
  'filtered by': Book.annotate({ newest: Subquery(newestReview.values('stars').slice(0, 1)) }).filter({
    newest__gte: 4,
  }),
  'excluded by': Book.annotate({ newest: Subquery(newestReview.values('stars').slice(0, 1)) }).exclude({ newest: 5 }),
  'ordered by': Book.annotate({ newest: Subquery(newestReview.values('stars').slice(0, 1)) }).orderBy('newest', 'id'),
  'as the value of a filter': Book.filter({
    pages: Subquery(Book.filter({ pages__lt: 500 }).orderBy('-pages', 'id').values('pages').slice(0, 1)),
  }),
  'of an aggregate': Author.annotate({
    pages: Subquery(
      Book.filter({ author: OuterRef('pk') })
        .orderBy()
        .values('author')
        .annotate({ sum: Sum('pages') })
        .values('sum'),
    ),
  }),
  'of a count, something for nothing': Author.annotate({
    n: Coalesce(
      Subquery(
        Book.filter({ author: OuterRef('pk') })
          .orderBy()
          .values('author')
          .annotate({ n: Count('id') })
          .values('n'),
      ),
      Value(0),
    ),
  }),
  'an outer path over a relation': Review.annotate({
    others: Subquery(
      Book.filter({ author: OuterRef('book__author') })
        .orderBy('-id')
        .values('title')
        .slice(0, 1),
    ),
  }),
  'in, with an outer path': Author.filter({ books__in: Book.filter({ editor: OuterRef('pk') }) }),
  'a model’s own rows': Book.annotate({
    newer: Subquery(
      Book.filter({ author: OuterRef('author'), id__gt: OuterRef('id') })
        .orderBy('id')
        .values('id')
        .slice(0, 1),
    ),
  }),
  'outer arithmetic': Book.filter(Exists(Book.filter({ id: OuterRef('id').add(1), isDraft: true }))),
  'two levels out': Author.filter(
    Exists(Book.filter(Exists(Review.filter({ book: OuterRef('pk'), reviewer: OuterRef(OuterRef('pk')) })))),
  ),
  exists: Book.filter(Exists(Review.filter({ book: OuterRef('pk'), stars: 5 }))),
  'exists not': Book.filter(Exists(Review.filter({ book: OuterRef('pk') })).not()),
  'exists, excluded': Book.exclude(Exists(Review.filter({ book: OuterRef('pk'), stars: 5 }))),
  'exists beside a condition': Book.filter(Exists(Review.filter({ book: OuterRef('pk') })), { pages__gt: 100 }),
  'exists or a condition': Book.filter(
    Q({ pages__gt: 300 }).or(Exists(Review.filter({ book: OuterRef('pk'), stars: 1 }))),
  ),
  'exists, annotated': Book.annotate({ loved: Exists(Review.filter({ book: OuterRef('pk'), stars: 5 })) }),
  'exists, annotated and filtered': Book.annotate({
    loved: Exists(Review.filter({ book: OuterRef('pk'), stars: 5 })),
  }).filter({
    loved: true,
  }),
  'exists in a case': Book.annotate({
    mark: Case(When(Exists(Review.filter({ book: OuterRef('pk'), stars: 5 })), Value('*')), { default: Value('') }),
  }),
  'exists of a slice': Book.filter(
    Exists(
      Review.filter({ book: OuterRef('pk') })
        .orderBy('id')
        .slice(2, 3),
    ),
  ),
  'exists of none': Book.filter(Exists(Review.none())),
  'exists over many': Author.filter(Exists(Tag.filter({ books__author: OuterRef('pk'), name__icontains: 'sf' }))),
  'exists with an aggregate outside': Author.annotate({ n: Count('books') }).filter(
    Exists(Contribution.filter({ author: OuterRef('pk') })),
  ),
  'exists with an aggregate inside': Author.filter(
    Exists(
      Book.filter({ author: OuterRef('pk') })
        .annotate({ n: Count('reviews') })
        .filter({ n__gt: 3 }),
    ),
  ),
  'an aggregate over an annotated subquery': Book.annotate({
    newest: Subquery(newestReview.values('stars').slice(0, 1)),
  }).aggregate({
    most: Max('newest'),
    n: Count('newest'),
  }),
  'in a group': Book.annotate({ newest: Subquery(newestReview.values('stars').slice(0, 1)) })
    .values('newest')
    .annotate({ n: Count('id') }),
  'a function of one': Book.annotate({ newest: Lower(Subquery(newestReview.values('body').slice(0, 1))) }),
  'an ordering by exists': Book.orderBy(Exists(Review.filter({ book: OuterRef('pk') })).desc(), 'id'),
  'a part of a date of the outer row': Book.filter(
    Exists(Sale.annotate({ y: ExtractYear('day') }).filter({ book: OuterRef('pk'), y: OuterRef('published__year') })),
  ),
  'publishers whose imprints publish': Publisher.filter(Exists(Book.filter({ publisher__parent: OuterRef('pk') }))),
  'an upper-cased outer column': Author.filter(Exists(pupilsNamed('name'))),
}

function pupilsNamed(name: string) {
  return Author.filter({ mentor: OuterRef('pk') })
    .annotate({ shout: Upper(name) })
    .filter({ shout: Upper(OuterRef('name')) })
}
