export { HiddenInput, Input, NumberInput, TextInput } from './input.ts'
export { Textarea } from './textarea.ts'
export { Widget, type WidgetContext } from './widget.ts'
