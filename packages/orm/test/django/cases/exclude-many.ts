import { Q } from '../expressions.ts'
import { Author, Book, Country, Publisher, plainDate, Review, Tag } from '../neutral.ts'
import type { Cases } from './case.ts'

export const excludes: Cases = {
  'of a tag': Book.exclude({ tags__name__icontains: 'sf' }),
  'of a tag by key': Book.exclude({ tags: 2 }),
  'of a tag in keys': Book.exclude({ tags__in: [1, 2, 3] }),
  'of the other side': Author.exclude({ books__title: 'abc' }),
  'of a nullable column there': Author.exclude({ books__pages__gt: 100 }),
  'of two about many': Author.exclude({ books__title__icontains: 'a', books__pages__gt: 100 }),
  'of one about many and one of the row': Author.exclude({ books__pages: 300, name: 'Ada' }),
  'of two relations of many': Book.exclude({ tags: 1, reviews__stars: 5 }),
  'of an or over many': Book.exclude(Q({ tags: 1 }).or({ reviews__stars: 5 })),
  'of no tags': Book.exclude({ tags__isnull: true }),
  'of some tags': Book.exclude({ tags__isnull: false }),
  'of no tags, as null': Book.exclude({ tags: null }),
  'over a nullable relation, then many': Book.exclude({ publisher__books__title: 'abc' }),
  'over a nullable relation, nothing there': Tag.exclude({ parent__books__authorId__isnull: true }),
  'over a nullable relation, something there': Tag.exclude({ parent__books__isnull: false }),
  'over many, then one': Author.exclude({ books__publisher__city: 'Paris' }),
  'over many, then many': Author.exclude({ books__tags__name__icontains: 'poem' }),
  'over many to itself': Author.exclude({ friends__rating__gt: 2 }),
  'through a model of its own': Book.exclude({ contributors__rating__gt: 2 }),
  'over one to one': Author.exclude({ profile__bio__icontains: 'a' }),
  'of a nullable key': Book.exclude({ editor: 3 }),
  'of a nullable key in keys': Book.exclude({ editor__in: [1, 2, 3] }),
  'of a column of a nullable relation': Book.exclude({ publisher__city: 'Paris' }),
  'of a null in a nullable relation': Book.exclude({ publisher__city__isnull: true }),
  'of a chain of nullable relations': Book.exclude({ author__mentor__mentor__name: 'Ada' }),
  'of a date part over many': Author.exclude({ books__published__year: 2021 }),
  'of a date over many': Author.exclude({ books__published__gt: plainDate('2021-01-01') }),
  twice: Book.exclude({ tags: 1 }).exclude({ tags: 2 }),
  'after a filter over the same': Book.filter({ tags: 1 }).exclude({ tags: 2 }),
  'before a filter over the same': Book.exclude({ tags: 2 }).filter({ tags: 1 }),
  'a negation beside the row it is about': Book.filter(
    Q({ reviews__stars: 5 }).and(Q({ reviews__helpful: true }).not()),
  ),
  'a negated or beside a condition': Book.filter(
    Q({ reviews__stars__gte: 4 }).and(Q({ reviews__helpful: true }).or({ pages__gt: 100 }).not()),
  ),
  'a negation under or': Book.filter(Q({ author__name: 'Ada' }).or(Q({ tags__name__icontains: 'sf' }).not())),
  'a negation of a negation': Book.filter(Q({ tags: 1 }).not().not()),
  'an exclude of a negation': Book.exclude(Q({ tags: 1 }).not()),
  'an exclude of an and of negations': Book.exclude(
    Q({ tags: 1 })
      .not()
      .and(Q({ publisher__city: 'Paris' }).not()),
  ),
  'not (a and b) of nullable columns': Book.filter(Q({ pages: 100, rating__gt: 1 }).not()),
  'not (a or b) of nullable columns': Book.filter(Q({ pages: 100 }).or({ rating__gt: 1 }).not()),
  'not (a or not b) of a nullable relation': Book.filter(
    Q({ editor__rating__gt: 2 })
      .or(Q({ publisher__founded__lt: 1950 }).not())
      .not(),
  ),
  'of a nullable boolean over many': Book.exclude({ reviews__helpful: true }),
  'of no reviewer': Book.exclude({ reviews__reviewer__isnull: true }),
  'of a text key': Publisher.exclude({ country: 'FR' }),
  'over a text key': Country.exclude({ publishers__city: 'Paris' }),
  'of in nothing, over many': Book.exclude({ tags__in: [] }),
  'of in a queryset, over many': Book.exclude({ tags__in: Tag.filter({ name__icontains: 'sf' }) }),
  'the row shared is one of the same parent': Tag.filter(
    Q({ children__name__icontains: 'sf' }).or(Q({ parent__children__name__icontains: 'poem' }).not()),
  ),
  'an empty list of a part of a date': Review.filter({ postedAt__hour__in: [] }).filter({ book__id__gt: 1 }),
}
