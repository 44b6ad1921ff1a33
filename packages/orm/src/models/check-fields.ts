import type { CheckMessage } from '@nuages/foundation'
import { FieldError, FieldValueError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { GeneratedField } from '../fields/generated-field.ts'
import { TextField } from '../fields/text-fields.ts'
import { schemaExpression } from '../query/compile/compile-schema.ts'
import { Expression } from '../query/expressions/expression.ts'
import type { ModelMeta } from './model-meta.ts'

/** Options of fields that contradict each other. Ids are Django's where the finding is. */
export function checkFields(meta: ModelMeta): CheckMessage[] {
  if (meta.proxyFor) return []
  return [
    ...meta.fields.flatMap((field) => [
      ...checkKey(meta, field),
      ...checkChoices(meta, field),
      ...checkUniqueFor(meta, field),
      ...checkSql(meta, field),
    ]),
    ...checkColumns(meta),
  ]
}

function message(id: string, meta: ModelMeta, field: Field, text: string, hint?: string): CheckMessage {
  const found = { level: 'error' as const, id, message: text, object: `${meta.label}.${field.name}` }
  return hint === undefined ? found : { ...found, hint }
}

function checkKey(meta: ModelMeta, field: Field): CheckMessage[] {
  if (!field.primaryKey || !field.null) return []
  return [message('fields.E007', meta, field, 'A primary key cannot be null.', 'Take out null: true.')]
}

function checkChoices(meta: ModelMeta, field: Field): CheckMessage[] {
  const { choices } = field.options
  if (!choices) return []
  if (field instanceof TextField && field.maxLength !== undefined) {
    const longest = Math.max(0, ...choices.map(([value]) => (typeof value === 'string' ? value.length : 0)))
    if (longest > field.maxLength) {
      const text = `'maxLength' is ${field.maxLength}, and a choice has ${longest} characters.`
      return [message('fields.E009', meta, field, text)]
    }
  }
  for (const [value] of choices) {
    try {
      field.toSql(value)
    } catch (thrown) {
      if (!(thrown instanceof FieldValueError)) throw thrown
      return [message('fields.E005', meta, field, `A choice is none of its values: ${thrown.message}`)]
    }
  }
  return []
}

function checkUniqueFor(meta: ModelMeta, field: Field): CheckMessage[] {
  const { uniqueForDate, uniqueForMonth, uniqueForYear } = field.options
  return [uniqueForDate, uniqueForMonth, uniqueForYear]
    .filter((name) => name !== undefined)
    .filter((name) => !['date', 'dateTime'].includes(meta.field(name)?.kind ?? ''))
    .map((name) => message('fields.E902', meta, field, `It is unique for the date '${name}', which is no date field.`))
}

/** The database computes one row by itself. */
function checkSql(meta: ModelMeta, field: Field): CheckMessage[] {
  const { dbDefault } = field.options
  try {
    if (dbDefault instanceof Expression) schemaExpression(meta, 'sqlite', dbDefault, `the dbDefault of '${field.name}'`)
    else if (dbDefault !== undefined) field.toSql(dbDefault)
    if (field instanceof GeneratedField) {
      schemaExpression(meta, 'sqlite', field.expression, `the expression of '${field.name}'`)
    }
  } catch (thrown) {
    if (!(thrown instanceof FieldError || thrown instanceof FieldValueError)) throw thrown
    return [message(field.generated ? 'fields.E223' : 'fields.E011', meta, field, thrown.message)]
  }
  return []
}

function checkColumns(meta: ModelMeta): CheckMessage[] {
  return meta.fields.flatMap((field, at) => {
    const other = meta.fields.find((one, index) => index < at && one.column === field.column)
    if (!other) return []
    const text = `Its column '${field.column}' is that of '${other.name}' too.`
    return [message('models.E007', meta, field, text, 'Give one of them a dbColumn.')]
  })
}
