export { CharField, type CharOptions, char, text } from './char-field.ts'
export type { FieldOptions, Message, MessageParams, WidgetOption } from './field-options.ts'
export { FormField } from './form-field.ts'
export { IntegerField, type IntegerOptions, integer } from './integer-field.ts'
