import type { Text } from '@nuages/i18n'
import type { FieldOptions, Message } from '../fields/field-options.ts'
import type { FormField } from '../fields/form-field.ts'
import type { FormFields } from '../forms/form-fields.ts'
import type { Widget } from '../widgets/widget.ts'
import type { EditableName } from './edited-field.ts'

/** What a model form may say of one of its model's fields: everything that a form field takes, but what follows from the model. */
export type FieldChanges = Pick<
  FieldOptions,
  'widget' | 'label' | 'helpText' | 'errorMessages' | 'required' | 'initial' | 'disabled' | 'localize'
>

/**
 * A class of form fields, used for a field of the model in place of the usual one. It is given what every form field takes:
 * required, label, help text, initial value.
 */
export type FormFieldClass = new (options: FieldOptions<never>) => FormField

type Texts<Name extends string> = { readonly [N in Name]?: Text }

/**
 * How a form of a model is made. `Name` are the fields it edits, `Left` those that it leaves out, `Extra` the fields of its
 * own: names that the model does not have are errors of the compiler.
 */
export interface ModelFormOptions<
  M,
  Name extends EditableName<M>,
  Left extends EditableName<M>,
  Extra extends FormFields,
> {
  /** The model's fields that the form edits, in that order, or `'all'` that may be edited. */
  readonly fields: 'all' | readonly Name[]
  /** Fields that `'all'` is without. */
  readonly exclude?: readonly Left[]
  readonly widgets?: { readonly [N in Edited<Name, Left>]?: Widget | (new () => Widget) }
  /** Labels in place of the model's `verboseName`. */
  readonly labels?: Texts<Edited<Name, Left>>
  /** Help in place of the model's `helpText`. */
  readonly helpTexts?: Texts<Edited<Name, Left>>
  /** Other texts for errors, by field and code; what is about the whole row is under `__all__`. */
  readonly errorMessages?: {
    readonly [N in Edited<Name, Left> | '__all__']?: Readonly<Record<string, Message>>
  }
  /** Form fields of another class than usual. */
  readonly fieldClasses?: { readonly [N in Edited<Name, Left>]?: FormFieldClass }
  /** Fields that show and read numbers with separators. */
  readonly localizedFields?: 'all' | readonly Edited<Name, Left>[]
  /** Fields of the form's own, after those of the model. One with the name of a field of the model takes its place. */
  readonly formFields?: Extra
  /**
   * Tells who saves the form that the row was changed by another since the page was opened, instead of overwriting that:
   * a hidden input says which state of the row the page showed.
   */
  readonly versionCheck?: boolean
}

type Edited<Name extends string, Left extends string> = Exclude<NoInfer<Name>, NoInfer<Left>>

/** The same, where the names are not known to the types. */
export interface ModelFormSettings {
  readonly fields: 'all' | readonly string[]
  readonly exclude?: readonly string[]
  readonly widgets?: Readonly<Record<string, Widget | (new () => Widget)>>
  readonly labels?: Readonly<Record<string, Text>>
  readonly helpTexts?: Readonly<Record<string, Text>>
  readonly errorMessages?: Readonly<Record<string, Readonly<Record<string, Message>>>>
  readonly fieldClasses?: Readonly<Record<string, FormFieldClass>>
  readonly localizedFields?: 'all' | readonly string[]
  readonly formFields?: FormFields
  readonly versionCheck?: boolean
}
