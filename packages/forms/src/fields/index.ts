export {
  BooleanField,
  type BooleanOptions,
  boolean,
  NullBooleanField,
  type NullBooleanOptions,
  nullBoolean,
} from './boolean-field.ts'
export { CharField, type CharOptions, char, type TextField, text } from './char-field.ts'
export {
  ChoiceField,
  type ChoiceOptions,
  choice,
  MultipleChoiceField,
  multipleChoice,
  type TypedChoiceOptions,
  typedChoice,
  typedMultipleChoice,
} from './choice-field.ts'
export { DecimalField, type DecimalOptions, decimal } from './decimal-field.ts'
export type { FieldOptions, Message, MessageParams, WidgetOption } from './field-options.ts'
export { FileField, type FileOptions, file } from './file-field.ts'
export { FloatField, type FloatOptions, float } from './float-field.ts'
export { FormField } from './form-field.ts'
export type { FormFile } from './form-file.ts'
export { ImageField, type ImageOptions, image } from './image-field.ts'
export {
  BigIntegerField,
  type BigIntegerOptions,
  bigInteger,
  IntegerField,
  type IntegerOptions,
  integer,
} from './integer-field.ts'
export { JSONField, json } from './json-field.ts'
export {
  ModelChoiceField,
  type ModelChoiceOptions,
  ModelMultipleChoiceField,
  modelChoice,
  modelMultipleChoice,
} from './model-choice-field.ts'
export { MultiValueField, type MultiValueOptions } from './multi-value-field.ts'
export { SplitDateTimeField, type SplitDateTimeOptions, splitDateTime } from './split-date-time-field.ts'
export {
  DateField,
  type DateOptions,
  DateTimeField,
  type DateTimeOptions,
  DurationField,
  type DurationOptions,
  date,
  dateTime,
  duration,
  TimeField,
  type TimeOptions,
  time,
} from './temporal-fields.ts'
export {
  EmailField,
  email,
  IPAddressField,
  type IPAddressOptions,
  ipAddress,
  RegexField,
  type RegexOptions,
  regex,
  SlugField,
  type SlugOptions,
  slug,
  URLField,
  UUIDField,
  url,
  uuid,
} from './text-formats.ts'
