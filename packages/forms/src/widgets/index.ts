export { CheckboxInput } from './checkbox-input.ts'
export { CheckboxSelectMultiple, RadioSelect } from './choice-inputs.ts'
export { ChoiceWidget } from './choice-widget.ts'
export { ClearableFileInput, FileInput, fileContradiction } from './file-input.ts'
export {
  ColorInput,
  EmailInput,
  HiddenInput,
  Input,
  NumberInput,
  PasswordInput,
  SearchInput,
  TelInput,
  TextInput,
  URLInput,
} from './input.ts'
export { MultiWidget } from './multi-widget.ts'
export { MultipleHiddenInput } from './multiple-hidden-input.ts'
export { NullBooleanSelect, Select, SelectMultiple } from './select.ts'
export { type SelectDateOptions, SelectDateWidget } from './select-date.ts'
export { SplitDateTimeWidget, SplitHiddenDateTimeWidget } from './split-date-time.ts'
export { DateInput, DateTimeInput, TimeInput } from './temporal-inputs.ts'
export { Textarea } from './textarea.ts'
export { Widget, type WidgetContext } from './widget.ts'
