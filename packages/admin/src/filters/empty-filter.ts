import { type Field, Q } from '@nuages/orm'
import { BadListQuery } from '../change-list/bad-list-query.ts'
import { choiceFilter } from './choices.ts'
import type { FieldFilterInit } from './field-filters.ts'
import type { ListFilter } from './list-filter.ts'

/** Whether there is a value. Django's `EmptyFieldListFilter`. */
export function emptyFilter({ path, title, field }: FieldFilterInit): ListFilter {
  const parameter = `${path}__isempty`
  const options = [
    { label: 'Empty', parameters: { [parameter]: '1' } },
    { label: 'Not empty', parameters: { [parameter]: '0' } },
  ]
  return {
    parameters: [parameter],
    narrow(rows, { query }) {
      const value = query.get(parameter)
      if (value === undefined) return rows
      if (value !== '0' && value !== '1') throw new BadListQuery(`'${parameter}' is 0 or 1, not '${value}'.`)
      return value === '1' ? rows.filter(emptiness(path, field)) : rows.exclude(emptiness(path, field))
    },
    show: async ({ query }) => choiceFilter({ title, name: parameter, parameters: [parameter], options }, query),
  }
}

function emptiness(path: string, field: Field): object {
  const isNull = { [`${path}__isnull`]: true }
  return field.kind === 'text' ? Q(isNull).or({ [path]: '' }) : isNull
}
