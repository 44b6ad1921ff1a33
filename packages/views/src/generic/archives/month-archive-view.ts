import type { HttpResponse } from '@nuages/http'
import type { DatePeriod, Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { askedNumber, dateOr404 } from './asked-date.ts'
import { type DateSpan, spanOf } from './date-span.ts'
import { type ArchiveContext, type ArchiveOptions, archiveView, ModelDatedListView } from './dated-list-view.ts'

/** What the template of a month sees, besides the rows: first days of months. */
export type MonthArchiveContext<Row> = ArchiveContext<Row> & {
  readonly month: Temporal.PlainDate
  readonly nextMonth: Temporal.PlainDate | null
  readonly previousMonth: Temporal.PlainDate | null
}

/** The class that `MonthArchiveView` makes. Django's `MonthArchiveView`. */
export abstract class ModelMonthArchiveView<M extends ViewModel, P = Kwargs> extends ModelDatedListView<M, P> {
  /** The year, where the URL does not give it. */
  year: number | undefined = undefined
  /** The month from 1 to 12, where the URL does not give it. */
  month: number | undefined = undefined
  override dateListPeriod: DatePeriod | undefined = 'day'
  override templateNameSuffix = '_archive_month'

  getYear(): number {
    return askedNumber(this, 'year')
  }

  getMonth(): number {
    return askedNumber(this, 'month')
  }

  override async getContextData(): Promise<MonthArchiveContext<Instance<M>>> {
    const span = this.#span()
    const own = {
      month: span.first,
      nextMonth: await this.getNext('month', span),
      previousMonth: await this.getPrevious('month', span),
    }
    return { ...own, ...(await super.getContextData()) }
  }

  override async get(): Promise<HttpResponse> {
    await this.loadSpan(this.#span())
    return this.renderToResponse(await this.getContextData())
  }

  #span(): DateSpan {
    return spanOf('month', dateOr404(this.getYear(), this.getMonth()))
  }
}

/** The constructor that `MonthArchiveView(Post, …)` gives. */
export interface MonthArchiveViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelMonthArchiveView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The rows of a month, at `<int:year>/<int:month>/`: `MonthArchiveView(Post, { dateField: 'publishedAt' })`. The template is
 * `<app>/<model>_archive_month.html`; it sees `month`, `nextMonth`, `previousMonth`, and in `dateList` the days with rows.
 */
export function MonthArchiveView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): MonthArchiveViewClass<M> {
  const made = class extends ModelMonthArchiveView<M> {}
  return archiveView(model, 'MonthArchiveView', options, made) as unknown as MonthArchiveViewClass<M>
}
