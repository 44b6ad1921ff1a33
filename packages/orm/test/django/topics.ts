import { aggregates, annotations, groups } from './cases/aggregation.ts'
import type { Cases } from './cases/case.ts'
import { dateLookups } from './cases/date-lookups.ts'
import { excludes } from './cases/exclude-many.ts'
import { cases, columns, subqueries } from './cases/expressions.ts'
import {
  comparisonFunctions,
  dateFunctions,
  functionsElsewhere,
  mathFunctions,
  textFunctions,
} from './cases/functions.ts'
import { documents } from './cases/json.ts'
import { numberLookups } from './cases/number-lookups.ts'
import { dates, ends, loading, ordering, slices, values } from './cases/querysets.ts'
import { relations } from './cases/relations.ts'
import { setOperations } from './cases/set-operations.ts'
import { textLookups } from './cases/text-lookups.ts'
import { windows } from './cases/window.ts'
import { creations, deletes, managers, updates } from './cases/writes.ts'

/** Every case, by topic. */
export const topics: Readonly<Record<string, Cases>> = {
  'lookups of text': textLookups,
  'lookups of dates and times': dateLookups,
  'lookups of numbers and the rest': numberLookups,
  'lookups of documents': documents,
  relations,
  'exclude and negations': excludes,
  ordering,
  slices,
  values,
  'dates and datetimes': dates,
  'what ends a query': ends,
  'loading relations': loading,
  aggregates,
  annotations,
  groups,
  'expressions of columns': columns,
  'Case and When': cases,
  'Subquery, Exists and OuterRef': subqueries,
  'functions of text': textFunctions,
  'functions of numbers': mathFunctions,
  'functions that compare': comparisonFunctions,
  'functions of dates and times': dateFunctions,
  'functions elsewhere': functionsElsewhere,
  'window functions': windows,
  'set operations': setOperations,
  updates,
  deletes,
  'what makes and saves rows': creations,
  'managers of relations': managers,
}
