import type { AnyForm, EditableName } from '@nuages/forms'
import type { HttpRequest } from '@nuages/http'
import type { FieldsOf, Instance, PathError } from '@nuages/orm'
import type { TemplateName } from '@nuages/templates'
import type { BuiltinConverterTypes, RouteParams } from '@nuages/urls'
import type { ViewFormClass } from '../generic/editing/process-form-view.ts'
import type { CheckedColumns, CheckedLookups, CheckedTexts } from '../generic/listing/list-options.ts'
import type { View } from '../view.ts'
import type { CheckedAccesses, CrudAccesses, CrudView } from './crud-access.ts'

/** The pages of a model. */
export type CrudPageName = 'list' | 'detail' | 'create' | 'update' | 'delete'

/** What stands in place of a page: a class of views, a function, or `false` for no such page. */
export type CrudReplacement = (abstract new () => View<unknown>) | CrudView | false

/** Pages of one's own. */
export type CrudViews = { readonly [Page in CrudPageName]?: CrudReplacement }

/** What was done with a row. */
export interface CrudDone<Row> {
  readonly page: 'create' | 'update' | 'delete'
  readonly object: Row
}

/** What `crudUrls` is told of a model's pages, whichever the model is. */
export interface CrudSettings<Row = object> {
  /** A form of one's own, in place of `fields`. */
  readonly formClass?: ViewFormClass<AnyForm>
  /**
   * Who may use the pages: `loginRequired`, `'anyone'`, or each page its own: `{ create: permissionRequired('blog.add_post'), … }`.
   * Pages that change rows must be named.
   */
  readonly access: CrudAccesses
  /** Rows on a page of the list; 25 if left out. */
  readonly paginateBy?: number
  /** Replaces the order of the model. */
  readonly ordering?: string | readonly string[]
  /** What the pages extend; `base.html` if the project has it. It has a block `content`. */
  readonly baseTemplate?: TemplateName
  /** Called once a row was saved or deleted: the place for a message to the visitor. */
  readonly onSuccess?: (request: HttpRequest, done: CrudDone<Row>) => void | Promise<void>
}

/** The same with the names of fields, as strings, and the routes. */
export interface AnyCrudOptions extends CrudSettings {
  readonly fields?: 'all' | readonly string[]
  readonly listDisplay?: readonly string[]
  readonly filterFields?: readonly string[] | Readonly<Record<string, string>>
  readonly searchFields?: readonly string[]
  readonly orderingFields?: readonly string[]
  readonly prefix?: string
  readonly name?: string
  readonly lookup?: string
  readonly views?: CrudViews
}

/** A column of a list: a path, or a member of the model's class. */
type CheckedDisplay<M, Columns> = {
  readonly [I in keyof Columns]: Columns[I] extends keyof Instance<M>
    ? Columns[I]
    : CheckedColumns<FieldsOf<M>, readonly [Columns[I]]>[0]
}

/** What a view wants of the URL to find its row; nothing where it did not say. */
type RowParams<P> = string extends keyof P ? unknown : Pick<P, keyof P & ('pk' | 'slug')>

/** Classes that read the row's parameter take it as the route gives it. */
type CheckedViews<Lookup extends string, Views> = {
  readonly [Page in keyof Views]: Views[Page] extends abstract new () => View<infer P>
    ? RouteParams<Lookup, BuiltinConverterTypes> extends RowParams<P>
      ? Views[Page]
      : PathError<`the routes give ${Lookup}`>
    : Views[Page]
}

/** What `crudUrls` is told of a model's pages, with every name checked against the model. */
export interface CrudOptions<
  M,
  Name extends EditableName<M>,
  Columns,
  Filters,
  Texts,
  Orders,
  Prefix extends string,
  RouteName extends string,
  Lookup extends string,
  Views,
> extends CrudSettings<Instance<M>> {
  /**
   * Who may use the pages: `loginRequired`, `'anyone'`, or each page its own: `{ create: permissionRequired('blog.add_post'), … }`.
   * Pages that change rows must be named.
   */
  readonly access: CheckedAccesses<NoInfer<Views>>
  /** The fields that the form edits, or `'all'` that may be edited. */
  readonly fields?: 'all' | readonly Name[]
  /** The columns of the list: paths, or members of the model's class. The first leads to the row's page. */
  readonly listDisplay?: Columns & CheckedDisplay<M, Columns>
  /** What the list may be filtered by, as for `ListView`. */
  readonly filterFields?: Filters & CheckedLookups<FieldsOf<M>, Filters>
  /** The texts that `?q=` searches. */
  readonly searchFields?: Texts & CheckedTexts<FieldsOf<M>, Texts>
  /** What the list may be ordered by. */
  readonly orderingFields?: Orders & CheckedColumns<FieldsOf<M>, Orders>
  /** Stands before the routes: `'posts/'`. */
  readonly prefix?: Prefix
  /** Stands before the names: `'post'` makes them `post-list`, `post-detail` … Without it they are `list`, `detail` …, for a namespace. */
  readonly name?: RouteName
  /** The part of the routes that names a row: `'<int:pk>'` if left out, or such as `'<slug:slug>'`, `'<uuid:pk>'`. */
  readonly lookup?: Lookup
  /** Pages of one's own: classes or functions; `false` leaves a page out. */
  readonly views?: Views & CheckedViews<Lookup, Views>
}
