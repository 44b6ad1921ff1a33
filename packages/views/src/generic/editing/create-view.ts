import type { AnyForm, EditableName, FormFields, ModelFormOptions } from '@nuages/forms'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { type EditingOptions, editingView, type FormMade, type OwnForm } from './edited-form.ts'
import { ModelFormView } from './model-form-view.ts'

/** The class that `CreateView` makes. Django's `CreateView`. */
export abstract class ModelCreateView<M extends ViewModel, F extends AnyForm, P = Kwargs> extends ModelFormView<
  M,
  F,
  P
> {}

/** The constructor that `CreateView(Post, …)` gives: `extends CreateView(Post, …)<{ blog: string }>` states the URL's parameters. */
export interface CreateViewClass<M extends ViewModel, F extends AnyForm> {
  new <P = Kwargs>(): ModelCreateView<M, F, P>
  readonly asView: typeof View.asView
}

/**
 * A page with a form that makes a row:
 *
 * ```ts
 * class PostCreate extends CreateView(Post, { fields: ['title', 'body'] }) {
 *   override async formValid(form: this['form']) {
 *     form.instance.author = await this.request.user
 *     return super.formValid(form)
 *   }
 * }
 * ```
 *
 * The second argument is that of `ModelForm`, or `{ formClass: PostForm }`. The template is `<app>/<model>_form.html`; it sees
 * `form`, and `object` as `null`. Once the row is saved the request goes (303) to `successUrl` or the row's `getAbsoluteUrl()`.
 */
export function CreateView<M extends ViewModel, F extends AnyForm>(model: M, options: OwnForm<F>): CreateViewClass<M, F>
export function CreateView<
  M extends ViewModel,
  const Name extends EditableName<M> = EditableName<M>,
  const Left extends EditableName<M> = never,
  Extra extends FormFields = {},
>(model: M, options: ModelFormOptions<M, Name, Left, Extra>): CreateViewClass<M, FormMade<M, Name, Left, Extra>>
export function CreateView(model: ViewModel, options: EditingOptions): unknown {
  return editingView(model, 'CreateView', options, class extends ModelCreateView<ViewModel, AnyForm> {})
}
