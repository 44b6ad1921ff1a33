/** How `format_type` writes a type, and how a column of the ORM does. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^character varying\b/, 'varchar'],
  [/^character\b/, 'char'],
  [/^time(\(\d\))? without time zone/, 'time$1'],
]

/** A type as it is written in `CREATE TABLE`: `varchar(200)`, `numeric(10, 2)`. */
export function readType(type: string): string {
  const named = names.reduce((text, [pattern, name]) => text.replace(pattern, name), type)
  return named.replace(/\((\d+),(\d+)\)/, '($1, $2)')
}
