import {
  type AnyForm,
  type BaseModelForm,
  type EditableName,
  type FormFields,
  ModelForm,
  type ModelFormFields,
} from '@nuages/forms'
import { modelView, type ViewModel } from '../view-model.ts'
import type { ViewFormClass } from './process-form-view.ts'

/** A form of one's own, for a view that would make one. */
export interface OwnForm<F extends AnyForm> {
  readonly formClass: ViewFormClass<F>
}

/** The form that a view makes of a model and the names of its fields. */
export type FormMade<
  M,
  Name extends EditableName<M>,
  Left extends EditableName<M>,
  Extra extends FormFields,
> = BaseModelForm<M, ModelFormFields<M, Exclude<Name, Left>, Extra>>

/** What the functions that make views are given, where the names are not known to the types. */
export type EditingOptions = OwnForm<AnyForm> | { readonly fields: 'all' | readonly string[] }

/** `made`, belonging to a model and with the form that `options` say. */
export function editingView<V extends object>(
  model: ViewModel,
  kind: string,
  options: EditingOptions,
  made: V & { readonly prototype: object },
): V {
  const formClass = 'formClass' in options ? options.formClass : ModelForm(model as never, options as never)
  if (!('formClass' in options)) Object.defineProperty(formClass, 'name', { value: `${model.name}Form` })
  Object.defineProperty(made.prototype, 'formClass', { value: formClass, writable: true })
  return modelView(model, kind, made)
}
