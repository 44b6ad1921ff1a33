import { Http404 } from '@nuages/http'
import type { DatePeriod, Instance } from '@nuages/orm'
import type { Kwargs } from '@nuages/urls'
import { type ListContext, ModelListView } from '../list-view.ts'
import { type QuerySource, querySource } from '../query-source.ts'
import { metaOf, modelView, type ViewModel } from '../view-model.ts'
import type { DateSource } from './asked-date.ts'
import { type DateFieldOf, isMoment } from './date-field.ts'
import { type DateSpan, dayOf, isInRange, present, spanAround, spanConditions, startOf, today } from './date-span.ts'

/** What the template of an archive sees, besides the rows. */
export type ArchiveContext<Row> = ListContext<Row> & {
  /** The first days of the years, months … that have rows: where a reader may go from here. */
  readonly dateList: readonly Temporal.PlainDate[]
}

/** What an archive is made of. */
export interface ArchiveOptions<M> {
  /** The field that the rows are sorted by: a `date` or a `dateTime`. */
  readonly dateField: DateFieldOf<M>
}

/** What the archives of a model share: rows of a span of time, and the way to the next. Django's `BaseDateListView`. */
export abstract class ModelDatedListView<M extends ViewModel, P = Kwargs>
  extends ModelListView<M, P>
  implements DateSource
{
  /** The date or dateTime field that the rows are sorted by. */
  declare dateField: DateFieldOf<M>
  /** Whether rows of the future are shown. */
  allowFuture = false
  /** Whether a span without rows is a page rather than a 404. */
  override allowEmpty = false
  /** What `dateList` counts in; `undefined` leaves it empty. */
  dateListPeriod: DatePeriod | undefined = undefined
  /** The latest first? Django lists the periods of the index so, the others from the first on. */
  dateListOrder: 'ASC' | 'DESC' = 'ASC'
  dateList: readonly Temporal.PlainDate[] = []

  /** The latest rows first, if nothing else is asked for. */
  override getOrdering(): string | readonly string[] {
    return super.getOrdering() ?? `-${this.dateField}`
  }

  /** The rows of the span, in order; of all time where there is none. What `getQueryset()` ordered by is replaced. */
  getDatedQueryset(span?: DateSpan): QuerySource<Instance<M>> {
    const ordering = this.getOrdering()
    const within = span === undefined ? {} : spanConditions(this.dateField, this.#isMoment, span)
    const rows = this.#datedRows().filter(within)
    return rows.orderBy(...(typeof ordering === 'string' ? [ordering] : ordering))
  }

  /** The first days of the periods that have some of `rows`. */
  async getDateList(rows: QuerySource<Instance<M>>, period: DatePeriod): Promise<readonly Temporal.PlainDate[]> {
    return rows.dates(this.dateField, period, this.dateListOrder)
  }

  /** The first day of the next period with rows, or of the one that follows with `allowEmpty`; `null` where there is none. */
  async getNext(period: DatePeriod, span: DateSpan): Promise<Temporal.PlainDate | null> {
    if (this.allowEmpty) return this.#allowed(span.until)
    const from = startOf(span.until, this.#isMoment)
    return from === undefined ? null : this.#firstDay(period, { [`${this.dateField}__gte`]: from }, this.dateField)
  }

  /** The first day of the last period before with rows, or of the one before with `allowEmpty`. */
  async getPrevious(period: DatePeriod, span: DateSpan): Promise<Temporal.PlainDate | null> {
    if (this.allowEmpty) return this.#allowed(spanAround(period, span.first.subtract({ days: 1 }), this.weekday).first)
    const until = startOf(span.first, this.#isMoment)
    return until === undefined
      ? null
      : this.#firstDay(period, { [`${this.dateField}__lt`]: until }, `-${this.dateField}`)
  }

  override async getContextData(): Promise<ArchiveContext<Instance<M>>> {
    return { dateList: this.dateList, ...(await super.getContextData()) }
  }

  /** The day that weeks begin on. */
  protected get weekday(): number {
    return 1
  }

  /** Reads the dates and, if they are wanted, the rows of a span. Throws `Http404` where there are none and must be some. */
  protected async loadSpan(span?: DateSpan, withRows = true): Promise<void> {
    const rows = this.getDatedQueryset(span)
    if (this.dateListPeriod !== undefined) {
      this.dateList = await this.getDateList(rows, this.dateListPeriod)
      if (this.dateList.length === 0 && !this.allowEmpty) throw nothing(this)
    }
    if (withRows) await this.loadRows(this.filterRows(rows))
  }

  get #isMoment(): boolean {
    return isMoment(this.model, this.dateField)
  }

  #datedRows(): QuerySource<Instance<M>> {
    const rows = querySource(this, this.getQueryset(), 'an archive')
    return this.allowFuture ? rows : rows.filter({ [`${this.dateField}__lte`]: present(this.#isMoment) })
  }

  #allowed(day: Temporal.PlainDate): Temporal.PlainDate | null {
    if (!isInRange(day)) return null
    return this.allowFuture || Temporal.PlainDate.compare(day, today()) <= 0 ? day : null
  }

  async #firstDay(period: DatePeriod, conditions: object, order: string): Promise<Temporal.PlainDate | null> {
    const nearest = this.#datedRows().filter(conditions).orderBy(order)
    const [date] = await nearest.valuesList(this.dateField, { flat: true }).slice(0, 1)
    if (date === undefined) return null
    return spanAround(period, dayOf(date as Temporal.PlainDate | Temporal.Instant), this.weekday).first
  }
}

function nothing(view: { readonly model: ViewModel; readonly constructor: { readonly name: string } }): Http404 {
  const { verboseNamePlural } = metaOf(view.model)
  return new Http404(
    `There are no ${verboseNamePlural} here, and ${view.constructor.name} does not allow an empty page.`,
  )
}

/** `made`, belonging to a model and to one of its date fields. */
export function archiveView<M extends ViewModel, V extends object>(
  model: M,
  kind: string,
  options: ArchiveOptions<M>,
  made: V & { readonly prototype: object },
): V {
  // Writable, so that asView({ dateField }) may replace it.
  Object.defineProperty(made.prototype, 'dateField', { value: options.dateField, writable: true })
  Object.defineProperty(made.prototype, 'listOptions', { value: {} })
  return modelView(model, kind, made)
}
