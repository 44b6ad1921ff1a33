import { Http404 } from '@nuages/http'
import type { Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import type { RowSource } from '../../pagination/row-source.ts'
import type { View } from '../../view.ts'
import { ModelDetailView } from '../detail-view.ts'
import { type QuerySource, querySource } from '../query-source.ts'
import type { ViewModel } from '../view-model.ts'
import { askedNumber, type DateSource, dateOr404 } from './asked-date.ts'
import { type DateFieldOf, isMoment } from './date-field.ts'
import { present, spanConditions, spanOf, today } from './date-span.ts'
import { type ArchiveOptions, archiveView } from './dated-list-view.ts'

/** The class that `DateDetailView` makes. Django's `DateDetailView`. */
export abstract class ModelDateDetailView<M extends ViewModel, P = Kwargs>
  extends ModelDetailView<M, P>
  implements DateSource
{
  /** The date or dateTime field that must be of the day in the URL. */
  declare dateField: DateFieldOf<M>
  /** Whether a row of the future is shown. */
  allowFuture = false
  /** The year, where the URL does not give it. */
  year: number | undefined = undefined
  /** The month from 1 to 12, where the URL does not give it. */
  month: number | undefined = undefined
  /** The day of the month, where the URL does not give it. */
  day: number | undefined = undefined

  getYear(): number {
    return askedNumber(this, 'year')
  }

  getMonth(): number {
    return askedNumber(this, 'month')
  }

  getDay(): number {
    return askedNumber(this, 'day')
  }

  protected override lookupRows(): RowSource<Instance<M>> {
    const day = dateOr404(this.getYear(), this.getMonth(), this.getDay())
    if (!this.allowFuture && Temporal.PlainDate.compare(day, today()) > 0) {
      throw new Http404(`${day} is in the future, which ${this.constructor.name} does not show.`)
    }
    const moment = isMoment(this.model, this.dateField)
    const rows: QuerySource<Instance<M>> = querySource(this, super.lookupRows(), 'a DateDetailView')
    const ofDay = rows.filter(spanConditions(this.dateField, moment, spanOf('day', day)))
    return this.allowFuture ? ofDay : ofDay.filter({ [`${this.dateField}__lte`]: present(moment) })
  }
}

/** The constructor that `DateDetailView(Post, …)` gives. */
export interface DateDetailViewClass<M extends ViewModel> {
  new <P = Kwargs>(): ModelDateDetailView<M, P>
  readonly asView: typeof View.asView
}

/**
 * The page of one row, found by its day and its `pk` or `slug`, at `<int:year>/<int:month>/<int:day>/<slug:slug>/`:
 * `DateDetailView(Post, { dateField: 'publishedAt' })`. Otherwise as `DetailView`. A row of another day is a 404.
 */
export function DateDetailView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): DateDetailViewClass<M> {
  const made = class extends ModelDateDetailView<M> {}
  return archiveView(model, 'DateDetailView', options, made) as unknown as DateDetailViewClass<M>
}
