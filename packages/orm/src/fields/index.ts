export { ArrayField, type ArrayOptions, array } from './array-field.ts'
export { AutoField, auto, bigAuto, smallAuto } from './auto-field.ts'
export { BinaryField, binary } from './binary-field.ts'
export { BooleanField, boolean } from './boolean-field.ts'
export { type Choice, type ChoiceGroup, type Choices, choiceLabel, choiceOf } from './choices.ts'
export { type CompositeKey, CompositeKeyField, compositePrimaryKey } from './composite-key-field.ts'
export { databaseDefault, isDatabaseDefault } from './database-default.ts'
export { DecimalField, type DecimalOptions, decimal } from './decimal-field.ts'
export {
  type DeconstructedField,
  Field,
  type FieldKind,
  type FieldOptions,
  snakeCase,
  type ValueOf,
  type Vendor,
} from './field.ts'
export { FieldFile } from './files/field-file.ts'
export {
  FileField,
  type FileOptions,
  type FileValue,
  file,
  ImageField,
  type IsOptionalFile,
  image,
} from './files/file-field.ts'
export type { UploadTo } from './files/upload-path.ts'
export { GeneratedField, type GeneratedOptions, generated } from './generated-field.ts'
export { IpAddressField, type IpAddressOptions, ipAddress } from './ip-address-field.ts'
export { JsonField, type JsonFieldOptions, type JsonValue, json } from './json-field.ts'
export {
  BigIntegerField,
  bigInteger,
  FloatField,
  float,
  IntegerField,
  integer,
  positiveBigInteger,
  positiveInteger,
  positiveSmallInteger,
  smallInteger,
} from './number-fields.ts'
export {
  type AutoNowOptions,
  DateField,
  DateTimeField,
  DurationField,
  date,
  dateTime,
  duration,
  TimeField,
  time,
} from './temporal-fields.ts'
export {
  type CharOptions,
  char,
  email,
  slug,
  TextField,
  type TextFormat,
  type TextOptions,
  text,
  UuidField,
  url,
  uuid,
} from './text-fields.ts'
export { VersionField, version } from './version-field.ts'
