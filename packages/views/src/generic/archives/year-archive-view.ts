import type { HttpResponse } from '@nuages/http'
import type { DatePeriod, Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { askedNumber, dateOr404 } from './asked-date.ts'
import { spanOf } from './date-span.ts'
import { type ArchiveContext, type ArchiveOptions, archiveView, ModelDatedListView } from './dated-list-view.ts'

/** What the template of a year sees, besides the rows: first days of years. */
export type YearArchiveContext<Row> = ArchiveContext<Row> & {
  readonly year: Temporal.PlainDate
  readonly nextYear: Temporal.PlainDate | null
  readonly previousYear: Temporal.PlainDate | null
}

/** The class that `YearArchiveView` makes. Django's `YearArchiveView`. */
export abstract class ModelYearArchiveView<M extends ViewModel, P = Kwargs> extends ModelDatedListView<M, P> {
  /** The year, where the URL does not give it. */
  year: number | undefined = undefined
  /** Whether the rows are read; the months that have some are shown in any case. */
  makeObjectList = false
  override dateListPeriod: DatePeriod | undefined = 'month'
  override templateNameSuffix = '_archive_year'

  getYear(): number {
    return askedNumber(this, 'year')
  }

  override async getContextData(): Promise<YearArchiveContext<Instance<M>>> {
    const span = spanOf('year', dateOr404(this.getYear()))
    const own = {
      year: span.first,
      nextYear: await this.getNext('year', span),
      previousYear: await this.getPrevious('year', span),
    }
    return { ...own, ...(await super.getContextData()) }
  }

  override async get(): Promise<HttpResponse> {
    await this.loadSpan(spanOf('year', dateOr404(this.getYear())), this.makeObjectList)
    return this.renderToResponse(await this.getContextData())
  }
}

/** The constructor that `YearArchiveView(Post, …)` gives. */
export interface YearArchiveViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelYearArchiveView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The months of a year that have rows, at `<int:year>/`: `YearArchiveView(Post, { dateField: 'publishedAt' })`; with
 * `makeObjectList` the rows as well. The template is `<app>/<model>_archive_year.html`; it sees `year`, `nextYear`,
 * `previousYear` and `dateList`.
 */
export function YearArchiveView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): YearArchiveViewClass<M> {
  const made = class extends ModelYearArchiveView<M> {}
  return archiveView(model, 'YearArchiveView', options, made) as unknown as YearArchiveViewClass<M>
}
