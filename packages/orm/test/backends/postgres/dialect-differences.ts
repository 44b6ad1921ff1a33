/** Cases of `test/django/` that PostgreSQL answers otherwise than SQLite does, by topic and name, each with its reason. */
export const dialectDifferences: Readonly<Record<string, Readonly<Record<string, string>>>> = {}
