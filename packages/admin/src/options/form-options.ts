import type { HttpRequest } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { FieldsetSpec, FormItem, FormItems } from './fieldset.ts'
import type { FormClass } from './form-class.ts'
import type { ForeignKeyName, FormFieldName, ManyToManyName, TextFieldName } from './paths.ts'

/**
 * What a form of the admin is made of: shared by the change page and its inlines. `Row` is what its hooks are given: the row
 * that is changed; for inlines the one that they belong to.
 */
export interface FormOptions<M, Row = Instance<M>> {
  /** The fields and their order; all that may be edited unless given. */
  readonly fields?: FormItems<M>
  /** Fields under headings, in place of `fields`. */
  readonly fieldsets?: readonly FieldsetSpec<M>[]
  readonly exclude?: readonly FormFieldName<M>[]
  /** Shown and not edited. */
  readonly readonlyFields?: readonly FormItem<M>[]
  /** Fields that the script fills in from others while they are empty: `{ slug: ['title'] }`. */
  readonly prepopulatedFields?: { readonly [K in TextFieldName<M>]?: readonly FormFieldName<M>[] }
  /**
   * Relations that are searched in as one types. All of them, unless this names some: the others are then selects, which load
   * every row.
   */
  readonly autocompleteFields?: readonly (ForeignKeyName<M> | ManyToManyName<M>)[]
  /** Fields with choices, or relations to few rows, as radio buttons. */
  readonly radioFields?: readonly FormFieldName<M>[]
  /** Relations to few rows as a `<select>`. */
  readonly selectFields?: readonly (ForeignKeyName<M> | ManyToManyName<M>)[]
  /** Many-to-many relations to few rows as checkboxes. */
  readonly checkboxFields?: readonly ManyToManyName<M>[]
  /** Relations as a plain input of the key. */
  readonly rawIdFields?: readonly (ForeignKeyName<M> | ManyToManyName<M>)[]
  /** The form to use, a `ModelForm` of the model: for fields and checks of its own. */
  readonly form?: FormClass
  readonly viewOnSite?: boolean | ((row: Instance<M>) => string | null)
  readonly getFields?: (request: HttpRequest, row: Row | null) => FormItems<M>
  readonly getFieldsets?: (request: HttpRequest, row: Row | null) => readonly FieldsetSpec<M>[]
  readonly getExclude?: (request: HttpRequest, row: Row | null) => readonly FormFieldName<M>[]
  readonly getReadonlyFields?: (
    request: HttpRequest,
    row: Row | null,
  ) => readonly FormItem<M>[] | Promise<readonly FormItem<M>[]>
  readonly getForm?: (request: HttpRequest, row: Row | null) => FormClass
}
