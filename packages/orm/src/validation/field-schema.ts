import { gettext } from '@nuages/i18n'
import { Decimal } from 'decimal.js'
import { z } from 'zod'
import { ArrayField } from '../fields/array-field.ts'
import { choiceOf } from '../fields/choices.ts'
import { DecimalField } from '../fields/decimal-field.ts'
import type { Field } from '../fields/field.ts'
import { JsonField } from '../fields/json-field.ts'
import { BigIntegerField, IntegerField } from '../fields/number-fields.ts'
import { TextField } from '../fields/text-fields.ts'

const schemas = new WeakMap<Field, z.ZodType>()

/** What a value must be beyond its type, as a zod schema: length, format, range, choices. */
export function fieldSchema(field: Field): z.ZodType {
  let schema = schemas.get(field)
  if (!schema) {
    schema = field.options.choices ? choiceSchema(field) : ownSchema(field)
    schemas.set(field, schema)
  }
  return schema
}

function choiceSchema(field: Field): z.ZodType {
  const values = field.options.choices!.map(([value]) => value)
  const shown = values.map((value) => `'${String(value)}'`).join(', ')
  return z.unknown().refine((value) => choiceOf(field, value) !== undefined, {
    params: { code: 'invalid_choice' },
    error: ({ input }) =>
      gettext("'{value}' is none of the choices: {choices}.", { value: String(input), choices: shown }),
  })
}

function ownSchema(field: Field): z.ZodType {
  if (field instanceof TextField) return textSchema(field)
  if (field instanceof IntegerField) {
    const [minimum, maximum] = field.range
    return z
      .number()
      .min(minimum, { error: () => gettext('This must be {limit} or more.', { limit: minimum }) })
      .max(maximum, { error: () => gettext('This must be {limit} or less.', { limit: maximum }) })
  }
  if (field instanceof DecimalField) return decimalSchema(field)
  if (field instanceof JsonField) return field.schema ?? z.unknown()
  if (field instanceof ArrayField) return arraySchema(field)
  if (field instanceof BigIntegerField && field.positive) {
    return z.bigint().min(0n, { error: () => gettext('This must be {limit} or more.', { limit: 0 }) })
  }
  return z.unknown()
}

function textSchema(field: TextField): z.ZodType {
  let schema = z.string()
  if (field.maxLength !== undefined) {
    const limit = field.maxLength
    schema = schema.max(limit, {
      error: ({ input }) =>
        gettext('This has {length} characters; {limit} are allowed.', { length: String(input).length, limit }),
    })
  }
  if (field.format === 'slug') {
    return schema.regex(/^[\w-]+$/, {
      error: () => gettext('Only letters, digits, underscores and hyphens are allowed.'),
    })
  }
  if (field.format === 'email') return schema.check(z.email({ error: () => gettext('This is not an email address.') }))
  if (field.format === 'url') {
    return schema.check(z.url({ protocol: /^(?:https?|ftps?)$/, error: () => gettext('This is not a URL.') }))
  }
  return schema
}

function decimalSchema(field: DecimalField): z.ZodType {
  const whole = field.maxDigits - field.decimalPlaces
  const digits = (value: unknown): number => (value as Decimal).trunc().abs().toFixed().replace(/^0+/, '').length
  return z
    .instanceof(Decimal)
    .refine((value) => value.decimalPlaces() <= field.decimalPlaces, {
      params: { code: 'max_decimal_places' },
      error: () => gettext('At most {limit} digits are allowed after the point.', { limit: field.decimalPlaces }),
    })
    .refine((value) => digits(value) <= whole, {
      params: { code: 'max_whole_digits' },
      error: () => gettext('At most {limit} digits are allowed before the point.', { limit: whole }),
    })
}

function arraySchema({ of, size }: ArrayField): z.ZodType {
  const elements = z.array(of.null ? fieldSchema(of).nullable() : fieldSchema(of))
  if (size === undefined) return elements
  return elements.max(size, {
    error: ({ input }) =>
      gettext('This has {length} elements; {limit} are allowed.', {
        length: (input as readonly unknown[]).length,
        limit: size,
      }),
  })
}

const lengths: ReadonlySet<string> = new Set(['string', 'array'])

/** Django's code for what zod found. */
export function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return (issue.params as { code?: string } | undefined)?.code ?? 'invalid'
  if (issue.code === 'too_big') return lengths.has(issue.origin) ? 'max_length' : 'max_value'
  if (issue.code === 'too_small') return lengths.has(issue.origin) ? 'min_length' : 'min_value'
  return 'invalid'
}
