import { Author, Book, instant, plainDate, plainTime, Review, Sale } from '../neutral.ts'
import { type Cases, each } from './case.ts'

const ofDates: Readonly<Record<string, readonly number[]>> = {
  year: [2020, 2021, 1999],
  isoYear: [2015, 2020, 2021],
  quarter: [1, 4],
  month: [1, 2, 12],
  day: [1, 29, 31],
  week: [1, 53],
  weekDay: [1, 7],
  isoWeekDay: [1, 7],
}
const ofTimes: Readonly<Record<string, readonly number[]>> = { hour: [0, 12, 23], minute: [0, 30, 59], second: [0, 15] }

const parts = (of: Readonly<Record<string, readonly number[]>>): { part: string; number: number }[] =>
  Object.entries(of).flatMap(([part, numbers]) => numbers.map((number) => ({ part, number })))

export const dateLookups: Cases = {
  ...each(
    parts(ofDates),
    ({ part, number }) => `${part} ${number} of a date`,
    ({ part, number }) => Book.filter({ [`published__${part}`]: number }),
  ),
  ...each(
    parts({ ...ofDates, ...ofTimes }),
    ({ part, number }) => `${part} ${number} of a point in time`,
    ({ part, number }) => Book.filter({ [`createdAt__${part}`]: number }),
  ),
  ...each(
    parts(ofTimes),
    ({ part, number }) => `${part} ${number} of a time`,
    ({ part, number }) => Book.filter({ [`opensAt__${part}`]: number }),
  ),
  ...each(
    ['gt', 'gte', 'lt', 'lte'],
    (lookup) => `year ${lookup} of a point in time`,
    (lookup) => Book.filter({ [`createdAt__year__${lookup}`]: 2020 }),
  ),
  ...each(
    ['gt', 'gte', 'lt', 'lte'],
    (lookup) => `year ${lookup} of a date`,
    (lookup) => Book.filter({ [`published__year__${lookup}`]: 2020 }),
  ),
  'year in': Book.filter({ published__year__in: [1999, 2000, 2021] }),
  'year range': Book.filter({ createdAt__year__range: [1999, 2021] }),
  'month in, excluded': Book.exclude({ published__month__in: [1, 12] }),
  'week gte': Book.filter({ published__week__gte: 52 }),
  'exclude a year of a nullable column': Book.exclude({ updatedAt__year: 2020 }),
  'exclude an hour of a nullable column': Book.exclude({ updatedAt__hour__lt: 12 }),
  'date of a point in time': Book.filter({ createdAt__date: plainDate('2021-01-01') }),
  'date gt': Book.filter({ createdAt__date__gt: plainDate('2022-06-14') }),
  'date in': Book.filter({ createdAt__date__in: [plainDate('2024-02-29'), plainDate('1970-01-01')] }),
  'date range': Book.filter({ createdAt__date__range: [plainDate('2020-12-31'), plainDate('2023-03-26')] }),
  'year of the date of a point in time': Book.filter({ createdAt__date__year: 2021 }),
  'month of the date, gte': Book.filter({ createdAt__date__month__gte: 10 }),
  'time of a point in time': Book.filter({ createdAt__time: plainTime('12:34:56') }),
  'time lt': Book.filter({ createdAt__time__lt: plainTime('01:00') }),
  'hour of the time of a point in time': Book.filter({ createdAt__time__hour: 0 }),
  'exact point in time': Book.filter({ createdAt: instant('2022-06-15T12:34:56.000001Z') }),
  'gt a point in time, to the microsecond': Book.filter({ createdAt__gt: instant('2022-06-15T12:34:56Z') }),
  'range of points in time': Book.filter({
    createdAt__range: [instant('2020-12-31T23:00:00Z'), instant('2021-01-01T00:00:00Z')],
  }),
  'in points in time': Book.filter({
    createdAt__in: [instant('1970-01-01T00:00:00Z'), instant('1999-12-31T23:59:59.999999Z')],
  }),
  'exact date': Author.filter({ born: plainDate('2024-02-29') }),
  'lt a date': Author.filter({ born__lt: plainDate('1970-01-01') }),
  'range of dates': Sale.filter({ day__range: [plainDate('2020-12-31'), plainDate('2021-01-04')] }),
  'exclude a date': Author.exclude({ born: plainDate('2024-02-29') }),
  'exact time': Book.filter({ opensAt: plainTime('09:30') }),
  'time with microseconds': Book.filter({ opensAt: plainTime('23:59:59.999999') }),
  'range of times': Book.filter({ opensAt__range: [plainTime('09:30'), plainTime('12:00:01')] }),
  'year over a relation': Author.filter({ books__published__year: 2021 }),
  'week day over two relations': Author.filter({ books__reviews__postedAt__weekDay: 1 }),
  'excluded week over a relation': Author.exclude({ books__published__week: 53 }),
  'month of the book of a review': Review.filter({ book__published__month: 2 }),
}
