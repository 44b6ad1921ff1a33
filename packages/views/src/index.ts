export type { CrudAccess, CrudAccesses, CrudGuard, CrudView } from './crud/crud-access.ts'
export type { CrudContext } from './crud/crud-context.ts'
export type { CrudDeleteContext } from './crud/crud-editing.ts'
export type {
  CrudDone,
  CrudOptions,
  CrudPageName,
  CrudReplacement,
  CrudSettings,
  CrudViews,
} from './crud/crud-options.ts'
export type { CrudPatterns } from './crud/crud-patterns.ts'
export type { CrudDetailContext, CrudListContext } from './crud/crud-reading.ts'
export { crudUrls } from './crud/crud-urls.ts'
export type { DisplayedValue, DisplayKind } from './crud/display-field.ts'
export * from './errors.ts'
export * from './generic/archives/archive-index-view.ts'
export type { WeekFormat } from './generic/archives/asked-date.ts'
export * from './generic/archives/date-detail-view.ts'
export type { DateFieldOf } from './generic/archives/date-field.ts'
export type { DateSpan } from './generic/archives/date-span.ts'
export { type ArchiveContext, type ArchiveOptions, ModelDatedListView } from './generic/archives/dated-list-view.ts'
export * from './generic/archives/day-archive-view.ts'
export * from './generic/archives/month-archive-view.ts'
export * from './generic/archives/today-archive-view.ts'
export * from './generic/archives/week-archive-view.ts'
export * from './generic/archives/year-archive-view.ts'
export * from './generic/detail-view.ts'
export * from './generic/editing/create-view.ts'
export * from './generic/editing/delete-view.ts'
export * from './generic/editing/form-view.ts'
export { type ModelFormContext, ModelFormView } from './generic/editing/model-form-view.ts'
export {
  type FormContext,
  type FormKwargs,
  ProcessFormView,
  type ViewFormClass,
} from './generic/editing/process-form-view.ts'
export type { SuccessUrl } from './generic/editing/success-url.ts'
export * from './generic/editing/update-view.ts'
export * from './generic/list-view.ts'
export type { ListFilter } from './generic/listing/list-filter.ts'
export type { ListOptions } from './generic/listing/list-options.ts'
export type { ListOrdering } from './generic/listing/list-ordering.ts'
export type { Listing, ListingContext } from './generic/listing/listing.ts'
export type { FilterOption } from './generic/listing/related-options.ts'
export * from './generic/redirect-view.ts'
export * from './generic/template-response-view.ts'
export * from './generic/template-view.ts'
export type { ViewModel } from './generic/view-model.ts'
export * from './pagination/page.ts'
export * from './pagination/paginator.ts'
export type { Paginatable, RowSource } from './pagination/row-source.ts'
export * from './require-http-methods.ts'
export * from './shortcuts/get-object-or-404.ts'
export { type Linkable, type RedirectOptions, redirect } from './shortcuts/redirect.ts'
export * from './shortcuts/render.ts'
export * from './view.ts'
