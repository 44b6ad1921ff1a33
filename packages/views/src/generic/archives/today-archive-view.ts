import type { Kwargs } from '@nuages/urls'
import type { ViewModel } from '../view-model.ts'
import { today } from './date-span.ts'
import { type ArchiveOptions, archiveView } from './dated-list-view.ts'
import { type DayArchiveViewClass, ModelDayArchiveView } from './day-archive-view.ts'

/** The class that `TodayArchiveView` makes. Django's `TodayArchiveView`. */
export abstract class ModelTodayArchiveView<M extends ViewModel, P = Kwargs> extends ModelDayArchiveView<M, P> {
  /** Of one request, so that midnight does not change it half-way. */
  readonly #today = today()

  override getDate(): Temporal.PlainDate {
    return this.#today
  }
}

/** The rows of today, in the active time zone; otherwise as `DayArchiveView`, with the same template. */
export function TodayArchiveView<M extends ViewModel>(model: M, options: ArchiveOptions<M>): DayArchiveViewClass<M> {
  const made = class extends ModelTodayArchiveView<M> {}
  return archiveView(model, 'TodayArchiveView', options, made) as unknown as DayArchiveViewClass<M>
}
