import type { Instance, ModelMeta } from '@nuages/orm'
import type { RowSource } from '../pagination/row-source.ts'

/** A model that generic views can show: one with a manager under `objects`. */
export interface ViewModel {
  readonly prototype: object
  readonly name: string
  readonly objects: { all(): RowSource<object> }
}

/** What `getQueryset` returns: a queryset of the model's rows, whatever else it has loaded or computed. */
export type RowsOf<M extends ViewModel> = RowSource<Instance<M>>

/** What the ORM knows of a model. Throws `ImproperlyConfigured` before an app has registered it. */
export function metaOf(model: ViewModel): ModelMeta {
  return (model as ViewModel & { readonly meta: ModelMeta }).meta
}

/** A model's name as a template's variable: `BlogPost` is `blogPost`. */
export function variableName(model: ViewModel): string {
  return model.name.charAt(0).toLowerCase() + model.name.slice(1)
}

/** Django's default template of a generic view: `blog/post_list.html`. */
export function defaultTemplate(model: ViewModel, suffix: string): string {
  const { appLabel, modelName } = metaOf(model)
  return `${appLabel}/${modelName}${suffix}.html`
}

/** `made`, belonging to `model` and named after it: `PostListView`. The model stands on the prototype, once for all requests. */
export function modelView<V extends object>(
  model: ViewModel,
  kind: string,
  made: V & { readonly prototype: object },
): V {
  Object.defineProperty(made.prototype, 'model', { value: model })
  return Object.defineProperty(made, 'name', { value: model.name + kind })
}
