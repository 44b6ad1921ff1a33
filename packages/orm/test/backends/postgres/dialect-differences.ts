/** Cases of `test/django/` that PostgreSQL answers otherwise than SQLite does, by topic and name, each with its reason. */
export const dialectDifferences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lookups of documents': {
    'a key compared': 'An empty list is less than any number for PostgreSQL’s jsonb, though other lists are greater.',
  },
  'expressions of columns': {
    'division of floats': 'A division by zero is an error for PostgreSQL, and NULL for SQLite.',
  },
  'functions of text': {
    SHA1: 'Needs PostgreSQL’s extension pgcrypto, as Django does; the others of its family are built in.',
  },
}
