import type { Decimal, JsonValue } from '@nuages/orm'
import { expectTypeOf } from 'vitest'
import {
  bigInteger,
  boolean,
  char,
  choice,
  date,
  dateTime,
  decimal,
  duration,
  email,
  type FormField,
  type FormFile,
  file,
  float,
  type IntegerOptions,
  image,
  integer,
  ipAddress,
  json,
  multipleChoice,
  nullBoolean,
  regex,
  slug,
  splitDateTime,
  text,
  time,
  typedChoice,
  typedMultipleChoice,
  url,
  uuid,
} from '../../src/index.ts'

expectTypeOf(char()).toEqualTypeOf<FormField<string>>()
expectTypeOf(char({ required: false, maxLength: 3 })).toEqualTypeOf<FormField<string>>()
expectTypeOf(char({ required: false, emptyValue: null })).toEqualTypeOf<FormField<string | null>>()
expectTypeOf(char({ emptyValue: null })).toEqualTypeOf<FormField<string>>()
expectTypeOf(text({ required: false })).toEqualTypeOf<FormField<string>>()
expectTypeOf(email()).toEqualTypeOf<FormField<string>>()
expectTypeOf(url({ required: false, emptyValue: null })).toEqualTypeOf<FormField<string | null>>()
expectTypeOf(slug({ allowUnicode: true })).toEqualTypeOf<FormField<string>>()
expectTypeOf(regex({ regex: /x/ })).toEqualTypeOf<FormField<string>>()
expectTypeOf(uuid()).toEqualTypeOf<FormField<string>>()
expectTypeOf(ipAddress({ required: false })).toEqualTypeOf<FormField<string>>()

expectTypeOf(integer()).toEqualTypeOf<FormField<number>>()
expectTypeOf(integer({ required: false })).toEqualTypeOf<FormField<number | null>>()
expectTypeOf(integer({} as IntegerOptions)).toEqualTypeOf<FormField<number | null>>()
expectTypeOf(bigInteger({ minValue: 3n })).toEqualTypeOf<FormField<bigint>>()
expectTypeOf(float({ required: false })).toEqualTypeOf<FormField<number | null>>()
expectTypeOf(decimal({ maxDigits: 5, decimalPlaces: 2 })).toEqualTypeOf<FormField<Decimal>>()
expectTypeOf(decimal({ required: false })).toEqualTypeOf<FormField<Decimal | null>>()

expectTypeOf(boolean({ required: false })).toEqualTypeOf<FormField<boolean>>()
expectTypeOf(nullBoolean()).toEqualTypeOf<FormField<boolean | null>>()
expectTypeOf(date()).toEqualTypeOf<FormField<Temporal.PlainDate>>()
expectTypeOf(time({ required: false })).toEqualTypeOf<FormField<Temporal.PlainTime | null>>()
expectTypeOf(dateTime()).toEqualTypeOf<FormField<Temporal.Instant>>()
expectTypeOf(splitDateTime({ required: false })).toEqualTypeOf<FormField<Temporal.Instant | null>>()
expectTypeOf(duration()).toEqualTypeOf<FormField<Temporal.Duration>>()

const sizes = [
  ['s', 'Small'],
  ['More', [[3, 'Three']]],
] as const
expectTypeOf(choice({ choices: sizes })).toEqualTypeOf<FormField<'s' | 3>>()
expectTypeOf(
  choice({
    choices: [
      ['a', 'A'],
      ['b', 'B'],
    ],
  }),
).toEqualTypeOf<FormField<'a' | 'b'>>()
expectTypeOf(choice({ choices: () => sizes })).toEqualTypeOf<FormField<'s' | 3>>()
expectTypeOf(choice({ choices: sizes, required: false })).toEqualTypeOf<FormField<'s' | 3 | ''>>()
expectTypeOf(choice({ choices: sizes, required: false, emptyValue: null })).toEqualTypeOf<FormField<'s' | 3 | null>>()
expectTypeOf(typedChoice({ choices: [['1', 'One']], coerce: Number })).toEqualTypeOf<FormField<number>>()
expectTypeOf(multipleChoice({ choices: sizes, required: false })).toEqualTypeOf<FormField<('s' | 3)[]>>()
expectTypeOf(typedMultipleChoice({ choices: sizes, coerce: BigInt })).toEqualTypeOf<FormField<bigint[]>>()

expectTypeOf(json()).toEqualTypeOf<FormField<JsonValue>>()
expectTypeOf(json<{ a: number }>({ required: false })).toEqualTypeOf<FormField<{ a: number } | null>>()
expectTypeOf(file()).toEqualTypeOf<FormField<FormFile>>()
expectTypeOf(image({ required: false })).toEqualTypeOf<FormField<FormFile | null | false>>()

char({ errorMessages: { max_length: ({ limit }) => `At most ${limit}.` } })
// @ts-expect-error no such option
char({ maxlength: 3 })
// @ts-expect-error text has no greatest value
char({ maxValue: 3 })
// @ts-expect-error the initial value is a number
integer({ initial: 'x' })
// @ts-expect-error a choice is a pair
choice({ choices: ['a', 'b'] })
// @ts-expect-error choices are needed
choice({})
// @ts-expect-error a regular expression is needed
regex({})
