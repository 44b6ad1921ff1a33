import type { HttpResponse } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { askedNumber, dateOr404 } from './asked-date.ts'
import { spanAround, spanOf } from './date-span.ts'
import { type ArchiveContext, type ArchiveOptions, archiveView, ModelDatedListView } from './dated-list-view.ts'

/** What the template of a day sees, besides the rows: days, and first days of months. */
export type DayArchiveContext<Row> = ArchiveContext<Row> & {
  readonly day: Temporal.PlainDate
  readonly nextDay: Temporal.PlainDate | null
  readonly previousDay: Temporal.PlainDate | null
  readonly nextMonth: Temporal.PlainDate | null
  readonly previousMonth: Temporal.PlainDate | null
}

/** The class that `DayArchiveView` makes. Django's `DayArchiveView`. */
export abstract class ModelDayArchiveView<M extends ViewModel, P = Kwargs> extends ModelDatedListView<M, P> {
  /** The year, where the URL does not give it. */
  year: number | undefined = undefined
  /** The month from 1 to 12, where the URL does not give it. */
  month: number | undefined = undefined
  /** The day of the month, where the URL does not give it. */
  day: number | undefined = undefined
  override templateNameSuffix = '_archive_day'

  getYear(): number {
    return askedNumber(this, 'year')
  }

  getMonth(): number {
    return askedNumber(this, 'month')
  }

  getDay(): number {
    return askedNumber(this, 'day')
  }

  /** The day that is shown. Throws `Http404` for one that the calendar does not have. */
  getDate(): Temporal.PlainDate {
    return dateOr404(this.getYear(), this.getMonth(), this.getDay())
  }

  override async getContextData(): Promise<DayArchiveContext<Instance<M>>> {
    const day = spanOf('day', this.getDate())
    const month = spanAround('month', day.first)
    const own = {
      day: day.first,
      nextDay: await this.getNext('day', day),
      previousDay: await this.getPrevious('day', day),
      nextMonth: await this.getNext('month', month),
      previousMonth: await this.getPrevious('month', month),
    }
    return { ...own, ...(await super.getContextData()) }
  }

  override async get(): Promise<HttpResponse> {
    await this.loadSpan(spanOf('day', this.getDate()))
    return this.renderToResponse(await this.getContextData())
  }
}

/** The constructor that `DayArchiveView(Post, …)` gives. */
export interface DayArchiveViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelDayArchiveView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The rows of a day, at `<int:year>/<int:month>/<int:day>/`: `DayArchiveView(Post, { dateField: 'publishedAt' })`. The template
 * is `<app>/<model>_archive_day.html`; it sees `day`, `nextDay`, `previousDay`, `nextMonth` and `previousMonth`.
 */
export function DayArchiveView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): DayArchiveViewClass<M> {
  const made = class extends ModelDayArchiveView<M> {}
  return archiveView(model, 'DayArchiveView', options, made) as unknown as DayArchiveViewClass<M>
}
