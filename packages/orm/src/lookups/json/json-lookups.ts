import { FieldValueError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import { functionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, fragment } from '../../query/fragment.ts'
import { checkPattern, type Lookup, type Operator, padded } from '../lookup.ts'
import type { LookupInput, LookupSql } from '../lookup-sql.ts'
import { type JsonFunctionName, jsonFunction } from './json-functions.ts'

/** Calls what the dialect has under that name. */
function written(name: JsonFunctionName): LookupSql {
  return ({ lhs, rhs, field, operations }) => call(name, [lhs, ...rhs], { field, operations })
}

function call(
  name: JsonFunctionName,
  args: readonly Fragment[],
  { field, operations }: Pick<LookupInput, 'field' | 'operations'>,
): Fragment {
  const fields = args.map(() => field)
  const fn = jsonFunction(name, () => field)
  return functionSql(fn, operations.vendor, {
    args,
    fields,
    output: field,
    operations,
    distinct: false,
    order: undefined,
  })
}

const isJson = (kind: Field['kind']): boolean => kind === 'json'

/** A comparison with one JSON value. */
function comparing(name: 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'containedBy'): Lookup {
  return {
    name,
    accepts: isJson,
    compare(field, value) {
      if (value === undefined || value === null)
        throw new FieldValueError(field.name, `a value (lookup '${name}')`, value)
      return { operator: 'own', params: [field.toSql(value)] }
    },
    own: { id: `json:${name}`, sql: written(name) },
  }
}

/** Of a column `null` is SQL's NULL; of what a key leads to it is the `null` of JSON, which the field writes. */
const exact: Lookup = {
  name: 'exact',
  accepts: isJson,
  compare(field, value) {
    const param = field.toSql(value)
    return param === null ? { operator: 'isnull', params: [] } : { operator: 'own', params: [param] }
  },
  own: { id: 'json:exact', sql: written('exact') },
}

const isIn: Lookup = {
  name: 'in',
  accepts: isJson,
  compare(field, value) {
    if (!Array.isArray(value)) throw new FieldValueError(field.name, 'a list of values', value)
    const params = [...new Set(value.map((item) => field.toSql(item)))].filter((item) => item !== null)
    return params.length === 0 ? { operator: 'never', params } : { operator: 'own', params: padded(params) }
  },
  own: { id: 'json:in', sql: written('in') },
}

const range: Lookup = {
  name: 'range',
  accepts: isJson,
  compare(field, value) {
    if (!Array.isArray(value) || value.length !== 2) throw new FieldValueError(field.name, 'a pair [from, to]', value)
    return { operator: 'own', params: value.map((bound) => field.toSql(bound)) }
  },
  own: {
    id: 'json:range',
    sql: (input) => {
      const { lhs, rhs } = input
      const from = call('gte', [lhs, rhs[0]!], input)
      const to = call('lte', [lhs, rhs[1]!], input)
      return fragment(`(${from.sql} AND ${to.sql})`, [...from.binds, ...to.binds])
    },
  },
}

function holding(name: 'hasKey' | 'hasKeys' | 'hasAnyKeys'): Lookup {
  return {
    name,
    accepts: isJson,
    compare(field, value) {
      if (name === 'hasKey') {
        if (typeof value !== 'string') throw new FieldValueError(field.name, `a key (lookup '${name}')`, value)
        return { operator: 'own', params: [value] }
      }
      if (!Array.isArray(value) || !value.every((key) => typeof key === 'string')) {
        throw new FieldValueError(field.name, `a list of keys (lookup '${name}')`, value)
      }
      return { operator: 'own', params: [JSON.stringify(value)] }
    },
    own: { id: `json:${name}`, sql: written(name) },
  }
}

/** Lookups of text look at the text of a value: a string without its quotes. */
function textual(name: Exclude<Operator, 'own'>): Lookup {
  return {
    name,
    accepts: isJson,
    compare(field, value) {
      if (typeof value !== 'string') throw new FieldValueError(field.name, `a string (lookup '${name}')`, value)
      if (name === 'regex' || name === 'iregex') checkPattern(value)
      return { operator: 'own', params: [value] }
    },
    own: {
      id: `json:${name}`,
      sql: (input) => {
        const { operations, rhs } = input
        const lhs = call('text', [input.lhs], input)
        const value = operations.typed('text', rhs[0]!.sql)
        const { sql } = operations.comparison({
          operator: name,
          lhs: lhs.sql,
          kind: 'text',
          computed: true,
          count: 1,
          folded: true,
          rhs: [value],
        })
        return fragment(sql, [...lhs.binds, ...rhs[0]!.binds])
      },
    },
  }
}

/** What documents and what their keys lead to are compared by. `contains` asks for a document within, as in PostgreSQL. */
export const jsonLookups: ReadonlyMap<string, Lookup> = new Map(
  [
    exact,
    isIn,
    range,
    comparing('gt'),
    comparing('gte'),
    comparing('lt'),
    comparing('lte'),
    comparing('contains'),
    comparing('containedBy'),
    holding('hasKey'),
    holding('hasKeys'),
    holding('hasAnyKeys'),
    textual('iexact'),
    textual('icontains'),
    textual('startswith'),
    textual('istartswith'),
    textual('endswith'),
    textual('iendswith'),
    textual('regex'),
    textual('iregex'),
  ].map((lookup) => [lookup.name, lookup]),
)
