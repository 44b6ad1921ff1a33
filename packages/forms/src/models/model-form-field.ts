import { LazyText, type Text } from '@nuages/i18n'
import {
  type DecimalField,
  type Field,
  ForeignKeyField,
  type IntegerField,
  limitOf,
  ManyToManyField,
  QuerySet,
  snakeCase,
  type TextField,
} from '@nuages/orm'
import {
  bigInteger,
  boolean,
  char,
  date,
  dateTime,
  decimal,
  duration,
  email,
  type FieldOptions,
  type FormField,
  file,
  float,
  image,
  integer,
  json,
  modelChoice,
  modelMultipleChoice,
  nullBoolean,
  slug,
  time,
  typedChoice,
  url,
  uuid,
} from '../fields/index.ts'
import { Textarea } from '../widgets/textarea.ts'
import type { EditedField } from './assign-cleaned.ts'
import type { FieldChanges, FormFieldClass } from './model-form-options.ts'

type Options = FieldOptions<never>

/**
 * The form field for a field of a model: its label is the `verboseName`, it is required unless the field may be blank, and
 * what the model knows of lengths, ranges, choices and relations the form knows too. `null` for a field that no form can
 * show: numbered keys and binary data. Django's `formfield()`.
 */
export function modelFormField(
  member: EditedField,
  changes: FieldChanges & { readonly fieldClass?: FormFieldClass } = {},
): FormField | null {
  const { fieldClass, ...given } = changes
  const options = { ...ownOptions(member), ...given } as Options
  if (fieldClass) return new fieldClass(options)
  if (member instanceof ManyToManyField) return modelMultipleChoice({ ...options, queryset: rowsOf(member) } as never)
  if (member instanceof ForeignKeyField) return foreignKey(member, options)
  if (member.options.choices) return choice(member, options)
  return makers[member.factory]?.(member as never, options) ?? null
}

function ownOptions(member: EditedField): object {
  const { blank = false, helpText = '', verboseName = snakeCase(member.name).replaceAll('_', ' ') } = member.options
  // An unticked box is false, which is a value.
  const isBox = member.factory === 'boolean' && !member.options.choices
  const initial = member instanceof ManyToManyField ? undefined : member.default
  return {
    required: !blank && !isBox,
    label: capitalisedText(verboseName),
    helpText,
    ...(initial === undefined ? {} : { initial }),
    // A default that is computed is another one when the form comes back: what the page showed has to come along.
    ...(typeof initial === 'function' ? { showHiddenInitial: true } : {}),
  }
}

function capitalisedText(text: Text): Text {
  return typeof text === 'string'
    ? capitalised(text)
    : new LazyText(capitalised(text.message), () => capitalised(String(text)))
}

/** The first letter alone: the rest may hold names. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

interface Rows {
  all(): Rows
  filter(limit: unknown): Rows
}

/** The rows that a relation may lead to: what the target's own manager gives, within the relation's `limitChoicesTo`. */
function rowsOf(relation: ForeignKeyField | ManyToManyField): unknown {
  const { target } = relation
  const { objects } = target.model as unknown as { objects?: Rows }
  const rows = (objects ?? (new QuerySet(target.model as never) as unknown as Rows)).all()
  const limit = limitOf(relation)
  return limit === undefined ? rows : rows.filter(limit)
}

function foreignKey(field: ForeignKeyField, options: Options): FormField {
  const shown = field.hasDefault && !field.blank ? { emptyLabel: null } : {}
  return modelChoice({ ...options, ...shown, queryset: rowsOf(field) } as never)
}

const blankLabel = '---------'

/** The model's choices, with an empty one before them where nothing is chosen yet or ever. */
function choice(field: Field, options: Options): FormField {
  const choices = field.options.choices!
  const shown = field.choiceGroups!
  const emptyValue = field.null ? null : field.kind === 'text' ? '' : null
  const hasEmpty = choices.some(([value]) => value === '' || value === null)
  const withEmpty = !hasEmpty && (field.blank || !field.hasDefault)
  return typedChoice({
    ...options,
    choices: withEmpty ? [['', blankLabel], ...shown] : shown,
    coerce: (value: unknown) => field.parse(value),
    emptyValue,
  } as never)
}

const makers: Readonly<Record<string, (field: never, options: Options) => FormField>> = {
  char: (field: TextField, options) => char({ ...options, ...length(field) }),
  text: (field: TextField, options) => char({ widget: Textarea, ...options, ...length(field) }),
  slug: (field: TextField, options) => slug({ ...options, ...length(field) }),
  email: (field: TextField, options) => email({ ...options, ...length(field) }),
  url: (field: TextField, options) => url({ ...options, ...length(field) }),
  // '' is no UUID: where there is none the column holds NULL.
  uuid: (_, options) => uuid({ ...options, emptyValue: null }),
  integer: range,
  smallInteger: range,
  positiveInteger: range,
  positiveSmallInteger: range,
  bigInteger: (_, options) => bigInteger({ ...options, minValue: -(2n ** 63n), maxValue: 2n ** 63n - 1n }),
  positiveBigInteger: (_, options) => bigInteger({ ...options, minValue: 0n, maxValue: 2n ** 63n - 1n }),
  ipAddress: (field: Field, options) =>
    char({ ...options, maxLength: 39, ...(field.null ? { emptyValue: null } : {}) }),
  float: (_, options) => float(options),
  decimal: ({ maxDigits, decimalPlaces }: DecimalField, options) => decimal({ ...options, maxDigits, decimalPlaces }),
  boolean: (field: Field, options) => (field.null ? nullBoolean(options) : boolean(options)),
  date: (_, options) => date(options),
  time: (_, options) => time(options),
  dateTime: (_, options) => dateTime(options),
  duration: (_, options) => duration(options),
  json: (_, options) => json(options),
  file: (field: TextField, options) => file({ ...options, ...length(field) }),
  image: (field: TextField, options) => image({ ...options, ...length(field) }),
}

function length(field: TextField): object {
  const { maxLength } = field
  const isText = field.kind === 'text' && field.factory !== 'file' && field.factory !== 'image'
  return { ...(maxLength === undefined ? {} : { maxLength }), ...(field.null && isText ? { emptyValue: null } : {}) }
}

function range(field: IntegerField, options: Options): FormField {
  const [minValue, maxValue] = field.range
  return integer({ ...options, minValue, maxValue })
}
