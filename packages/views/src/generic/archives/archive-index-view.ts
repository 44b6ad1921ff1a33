import type { HttpResponse } from '@nuages/http'
import type { DatePeriod } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { type ArchiveOptions, archiveView, ModelDatedListView } from './dated-list-view.ts'

/** The class that `ArchiveIndexView` makes. Django's `ArchiveIndexView`. */
export abstract class ModelArchiveIndexView<M extends ViewModel, P = Kwargs> extends ModelDatedListView<M, P> {
  override dateListPeriod: DatePeriod | undefined = 'year'
  override dateListOrder: 'ASC' | 'DESC' = 'DESC'
  override contextObjectName: string | undefined = 'latest'
  override templateNameSuffix = '_archive'

  override async get(): Promise<HttpResponse> {
    await this.loadSpan()
    return this.renderToResponse(await this.getContextData())
  }
}

/** The constructor that `ArchiveIndexView(Post, …)` gives. */
export interface ArchiveIndexViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelArchiveIndexView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The latest rows, and the years that have some: `class PostArchive extends ArchiveIndexView(Post, { dateField: 'publishedAt' })
 * {}`. The template is `<app>/<model>_archive.html`; it sees what that of a list does, `latest` and `dateList`.
 */
export function ArchiveIndexView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): ArchiveIndexViewClass<M> {
  const made = class extends ModelArchiveIndexView<M> {}
  return archiveView(model, 'ArchiveIndexView', options, made) as unknown as ArchiveIndexViewClass<M>
}
