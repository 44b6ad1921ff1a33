import type { HttpResponse } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { View } from '../../view.ts'
import type { ViewModel } from '../view-model.ts'
import { askedNumber, firstWeekday, type WeekFormat, weekOr404 } from './asked-date.ts'
import { type DateSpan, spanOf } from './date-span.ts'
import { type ArchiveContext, type ArchiveOptions, archiveView, ModelDatedListView } from './dated-list-view.ts'

/** What the template of a week sees, besides the rows: first days of weeks. */
export type WeekArchiveContext<Row> = ArchiveContext<Row> & {
  readonly week: Temporal.PlainDate
  readonly nextWeek: Temporal.PlainDate | null
  readonly previousWeek: Temporal.PlainDate | null
}

/** The class that `WeekArchiveView` makes. Django's `WeekArchiveView`. */
export abstract class ModelWeekArchiveView<M extends ViewModel, P = Kwargs> extends ModelDatedListView<M, P> {
  /** The year, where the URL does not give it. */
  year: number | undefined = undefined
  /** The week, where the URL does not give it. */
  week: number | undefined = undefined
  /**
   * How weeks are numbered: `'%V'` as in ISO 8601, where the year is that of the week's Thursday; `'%W'` from the year's first
   * Monday on, `'%U'` from its first Sunday on, the days before being week 0.
   */
  weekFormat: WeekFormat = '%V'
  override templateNameSuffix = '_archive_week'

  getYear(): number {
    return askedNumber(this, 'year')
  }

  getWeek(): number {
    return askedNumber(this, 'week')
  }

  override async getContextData(): Promise<WeekArchiveContext<Instance<M>>> {
    const span = this.#span()
    const own = {
      week: span.first,
      nextWeek: await this.getNext('week', span),
      previousWeek: await this.getPrevious('week', span),
    }
    return { ...own, ...(await super.getContextData()) }
  }

  override async get(): Promise<HttpResponse> {
    await this.loadSpan(this.#span())
    return this.renderToResponse(await this.getContextData())
  }

  protected override get weekday(): number {
    return firstWeekday(this.weekFormat)
  }

  #span(): DateSpan {
    return spanOf('week', weekOr404(this.getYear(), this.getWeek(), this.weekFormat))
  }
}

/** The constructor that `WeekArchiveView(Post, …)` gives. */
export interface WeekArchiveViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelWeekArchiveView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The rows of a week, at `<int:year>/week/<int:week>/`: `WeekArchiveView(Post, { dateField: 'publishedAt' })`. Weeks are those
 * of ISO 8601 unless `weekFormat` says otherwise. The template is `<app>/<model>_archive_week.html`; it sees `week`,
 * `nextWeek` and `previousWeek`.
 */
export function WeekArchiveView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): WeekArchiveViewClass<M> {
  const made = class extends ModelWeekArchiveView<M> {}
  return archiveView(model, 'WeekArchiveView', options, made) as unknown as WeekArchiveViewClass<M>
}
