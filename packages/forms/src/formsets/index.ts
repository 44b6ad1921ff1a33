export { BaseFormSet } from './base-form-set.ts'
export { BaseInlineFormSet, type InlineFormSetInit } from './base-inline-form-set.ts'
export { BaseModelFormSet, type ModelFormSetInit } from './base-model-form-set.ts'
export { type FormClassOf, FormSet, type FormSetClass } from './form-set.ts'
export type { FormSetInit, FormSetOptions, FormSetSettings } from './form-set-options.ts'
export {
  type ForeignKeyName,
  InlineFormSet,
  type InlineFormSetClass,
  type InlineFormSetOptions,
} from './inline-form-set.ts'
export { LazyForms } from './lazy-forms.ts'
export { ManagementForm } from './management-form.ts'
export { ModelFormSet, type ModelFormSetClass, type ModelFormSetOptions } from './model-form-set.ts'
export { type Saveable, saveAll } from './save-all.ts'
