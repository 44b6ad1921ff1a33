import type { HttpRequest } from '@nuages/http'
import type { AnyModel, AnyQuerySet } from '../options/any-model.ts'
import type { CustomFilter } from '../options/list-filter.ts'
import { choiceFilter } from './choices.ts'
import type { ListFilter } from './list-filter.ts'

/** A filter that the project wrote. */
export function customFilter(filter: CustomFilter<AnyModel>): ListFilter {
  const { title, parameterName } = filter
  return {
    parameters: [parameterName],
    narrow(rows, { query, request }) {
      const value = query.get(parameterName)
      if (value === undefined || value === '') return rows
      return narrowed(filter, rows, value, request)
    },
    async show({ query, request }) {
      const options = await filter.lookups(request)
      if (options.length === 0) return null
      const choices = options.map(([value, label]) => ({ label, parameters: { [parameterName]: value } }))
      return choiceFilter({ title, name: parameterName, parameters: [parameterName], options: choices }, query)
    },
  }
}

function narrowed(filter: CustomFilter<AnyModel>, rows: AnyQuerySet, value: string, request: HttpRequest): AnyQuerySet {
  const found = filter.queryset(rows as never, value, request)
  return found === undefined ? rows : (found as unknown as AnyQuerySet)
}
