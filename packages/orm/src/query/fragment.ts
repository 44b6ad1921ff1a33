import type { SqlValue } from '../backends/statement.ts'

/** Where a placeholder takes its value from when the query runs: from the query's values, or from a function. */
export type Bind =
  | { readonly at: number; readonly map: ((value: SqlValue) => SqlValue) | undefined }
  | { readonly at: number; readonly count: number; readonly list: (values: readonly SqlValue[]) => SqlValue }
  | { readonly value: () => SqlValue }

/** A piece of SQL with what its placeholders are bound to, in order. */
export interface Fragment {
  readonly sql: string
  readonly binds: readonly Bind[]
}

export function fragment(sql: string, binds: readonly Bind[] = []): Fragment {
  return { sql, binds }
}

export function join(fragments: readonly Fragment[], separator: string): Fragment {
  return fragment(
    fragments.map(({ sql }) => sql).join(separator),
    fragments.flatMap(({ binds }) => binds),
  )
}

export function wrap(before: string, inner: Fragment, after: string): Fragment {
  return fragment(before + inner.sql + after, inner.binds)
}

/** SQL with other SQL in it: `` sql`COALESCE(${a}, ${b})` ``. Only fragments fit in, so that no value can. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Fragment[]): Fragment {
  let text = strings[0]!
  const binds: Bind[] = []
  for (const [index, part] of parts.entries()) {
    text += part.sql + strings[index + 1]!
    binds.push(...part.binds)
  }
  return { sql: text, binds }
}

/** SQL that its author vouches for: a keyword, a number, a name that a dialect has quoted. */
sql.raw = (text: string): Fragment => ({ sql: text, binds: [] })

sql.join = (parts: readonly Fragment[], separator = ', '): Fragment => join(parts, separator)
