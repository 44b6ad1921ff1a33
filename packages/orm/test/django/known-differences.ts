/**
 * Cases that Nuages answers otherwise than Django 3.2 does on SQLite, each with its reason; a test sees to it that they do
 * differ. Beside them, Django’s side (`mended.py`) mends what Django has mended since 3.2 (`__iso_year` compares years of weeks
 * since 4.0; `~~q` is `q`, and numbers of two kinds may be computed with, since 4.2), and `Mended` there takes two faults out of
 * it that only random queries meet, which are asked again without them where the answers differ:
 *
 * - A negated condition over an outer join is to be tested for NULL. Django looks at what the join is when it meets the
 *   condition, and the join may be made an outer one later, so that in some nestings rows with NULL are lost.
 * - A condition over many rows under a negation is about the row that the same filter has joined. Django tells that row by the
 *   name of its table in another query, and so may take one that another path has joined, or miss it.
 *
 * Where Django writes SQL that SQLite refuses (`F` over a relation within some negated conditions over many rows) there is
 * nothing to compare.
 */
const caseMinded =
  'contains, startswith and endswith mind case, as on PostgreSQL: SQLite’s LIKE does not, and Django leaves it at that.'
const folded =
  'iexact, icontains and their kin fold the case of every letter, as on PostgreSQL: SQLite’s LIKE folds ASCII alone.'
const cased = 'Lower and Upper change every letter, as on PostgreSQL: SQLite’s functions change those of ASCII alone.'
const unlikeNull =
  'Greatest and Least pass over NULL, as on PostgreSQL: SQLite’s MAX and MIN are NULL then, and Django says so.'

const twice =
  'In the hour that the clocks of a zone show twice, a truncated time stays in its own: Django takes the first of the two.'
const jsonNull =
  'A key whose value is null is there, and is no NULL, as on PostgreSQL: SQLite’s JSON_EXTRACT gives NULL.'
const decoded = 'A key that holds text is that text: Django 3.2 reads it as a document once more, until 4.2.'

/** A reason; or one that holds in one of the time zones alone. */
export type Reason = string | { readonly in: string; readonly reason: string }

const twiceInParis: Reason = { in: 'Europe/Paris', reason: twice }

export const knownDifferences: Readonly<Record<string, Readonly<Record<string, Reason>>>> = {
  'lookups of text': {
    'contains minds case': caseMinded,
    'startswith minds case': caseMinded,
    'endswith minds case': caseMinded,
    'iexact beyond ASCII': folded,
    'icontains beyond ASCII': folded,
  },
  ordering: {
    'an expression': cased,
    'an expression, descending': cased,
  },
  values: {
    'of expressions': cased,
    'as lists with an expression': cased,
  },
  'Subquery, Exists and OuterRef': {
    'a function of one': cased,
  },
  'functions of text': {
    Lower: cased,
    Upper: cased,
    'over a relation': cased,
    Ord: 'The code of no character is 0, as on PostgreSQL: SQLite’s UNICODE is NULL then.',
    'compared with a function of another column':
      'What an expression gives is text and no pattern: Django compares by LIKE, where % and _ in it match anything.',
  },
  'functions that compare': {
    'Greatest with a null': unlikeNull,
    'Least with a null': unlikeNull,
    'Cast to an integer': 'Rounds, as on PostgreSQL: SQLite’s CAST cuts off.',
  },
  'dates and datetimes': {
    'of points in time, by hour': twiceInParis,
    'of points in time, by minute': twiceInParis,
    'of points in time, by second': twiceInParis,
  },
  'functions of dates and times': {
    'TruncHour of a point in time': twiceInParis,
    'TruncMinute of a point in time': twiceInParis,
    'TruncSecond of a point in time': twiceInParis,
    'Trunc hour of a point in time': twiceInParis,
    'Trunc minute of a point in time': twiceInParis,
    'Trunc second of a point in time': twiceInParis,
  },
  'functions elsewhere': {
    'in an aggregate': cased,
    'in values': cased,
  },
  'lookups of documents': {
    null: 'null in a filter is SQL’s NULL for every field: Django compares a document with the JSON null.',
    'a key compared':
      'Numbers are compared with numbers, as on PostgreSQL: in SQLite any text is greater than any number.',
    'a key excluded': jsonNull,
    'a key in an aggregate': jsonNull,
    'values of a key': decoded,
    'F of a key': decoded,
  },
  groups: {
    'of a model with an ordering':
      'The ordering of a model says nothing about groups, as Django has promised since 3.1; on this way 3.2 still groups by it.',
  },
}
