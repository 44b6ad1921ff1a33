import { Author, Book, big, bytes, micros, money, Review } from '../neutral.ts'
import { type Cases, each } from './case.ts'

const orders = ['gt', 'gte', 'lt', 'lte', 'exact']

export const numberLookups: Cases = {
  ...each(
    orders,
    (lookup) => `integer ${lookup}`,
    (lookup) => Book.filter({ [`pages__${lookup}`]: 100 }),
  ),
  ...each(
    orders,
    (lookup) => `float ${lookup}`,
    (lookup) => Book.filter({ [`rating__${lookup}`]: 2.25 }),
  ),
  ...each(
    orders,
    (lookup) => `decimal ${lookup}`,
    (lookup) => Book.filter({ [`price__${lookup}`]: money('24.90') }),
  ),
  ...each(
    orders,
    (lookup) => `bigint ${lookup}`,
    (lookup) => Book.filter({ [`copies__${lookup}`]: big('9007199254740993') }),
  ),
  ...each(
    orders,
    (lookup) => `duration ${lookup}`,
    (lookup) => Book.filter({ [`readingTime__${lookup}`]: micros(1_000_000) }),
  ),
  ...each(
    orders,
    (lookup) => `exclude integer ${lookup}`,
    (lookup) => Book.exclude({ [`pages__${lookup}`]: 100 }),
  ),
  'integer in': Book.filter({ pages__in: [0, 1, 999] }),
  'integer in many': Book.filter({ id__in: Array.from({ length: 60 }, (_, index) => index * 2) }),
  'integer range': Book.filter({ pages__range: [50, 250] }),
  'integer isnull': Book.filter({ pages__isnull: true }),
  'negative bigint': Book.filter({ copies: big('-9007199254740995') }),
  'bigint in': Book.filter({ copies__in: [big('0'), big('4294967296')] }),
  'decimal in': Book.filter({ price__in: [money('9.99'), money('10')] }),
  'decimal range': Book.filter({ price__range: [money('0.01'), money('10.5')] }),
  'negative duration': Book.filter({ readingTime__lt: micros(0) }),
  'duration in': Book.filter({ readingTime__in: [micros(1), micros(86_400_000_000)] }),
  'boolean true': Book.filter({ isDraft: true }),
  'boolean false': Book.filter({ isDraft: false }),
  'nullable boolean': Book.filter({ isTranslated: true }),
  'nullable boolean, excluded': Book.exclude({ isTranslated: true }),
  'nullable boolean in': Book.filter({ isTranslated__in: [true, false] }),
  'nullable boolean null': Book.filter({ isTranslated: null }),
  binary: Book.filter({ cover: bytes('ff00ff') }),
  'empty binary': Book.filter({ cover: bytes('') }),
  'binary isnull': Book.filter({ cover__isnull: false }),
  'float of a nullable column, excluded': Author.exclude({ rating__gt: 2 }),
  'small integer': Review.filter({ stars__gte: 4, stars__lt: 5 }),
  pk: Book.filter({ pk: 7 }),
  pk__in: Book.filter({ pk__in: [1, 2, 3, 1000] }),
  pk__gt: Book.filter({ pk__gt: 130 }),
  id__isnull: Book.filter({ id__isnull: true }),
}
