import { path } from '@nuages/urls'
import { expectTypeOf } from 'vitest'
import {
  type DateFieldOf,
  DayArchiveView,
  type ListFilter,
  ListView,
  MonthArchiveView,
  YearArchiveView,
} from '../../src/index.ts'
import { Entry, Note, Writer } from '../journal/diary/models.ts'

// What the query string may ask is checked against the model.
ListView(Entry, {
  filterFields: [
    'writer',
    'writerId',
    'topics__slug',
    'writtenAt__year',
    'day__gte',
    'isPublic',
    'title__icontains',
    'pk',
  ],
  searchFields: ['title', 'writer__name', 'topics__name', 'title__startswith'],
  orderingFields: ['title', 'writer__name', 'writer', 'id'],
})
ListView(Entry, { filterFields: { year: 'writtenAt__year', writer: 'writer__name' } })
ListView(Note, { filterFields: ['entry__writer__name'], orderingFields: ['entry__writtenAt'] })
// @ts-expect-error: no such field
ListView(Entry, { filterFields: ['titel'] })
// @ts-expect-error: a number has no such lookup
ListView(Entry, { filterFields: ['words__icontains'] })
// @ts-expect-error: no such path
ListView(Entry, { filterFields: { writer: 'writer__nmae' } })
// @ts-expect-error: a number is no text
ListView(Entry, { searchFields: ['words'] })
// @ts-expect-error: nor is a relation
ListView(Entry, { searchFields: ['writer'] })
// @ts-expect-error: no such field
ListView(Entry, { orderingFields: ['title', 'wrods'] })
// @ts-expect-error: the direction is the visitor's
ListView(Entry, { orderingFields: ['-title'] })
// @ts-expect-error: no such option
ListView(Entry, { orderFields: ['title'] })

class EntryList extends ListView(Entry, { filterFields: ['writer'] })<{ page: number }> {
  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.filters).toEqualTypeOf<readonly ListFilter[]>()
    expectTypeOf(context.search).toEqualTypeOf<string | null>()
    expectTypeOf(context.objectList).toEqualTypeOf<readonly Entry[]>()
    return context
  }
}
path('<int:page>/', EntryList.asView({ searchKwarg: 'search' }))

// Archives are of fields that hold dates.
expectTypeOf<DateFieldOf<typeof Entry>>().toEqualTypeOf<'day' | 'writtenAt'>()
YearArchiveView(Entry, { dateField: 'day' }).asView({ makeObjectList: true, dateField: 'writtenAt' })
// @ts-expect-error: no date
YearArchiveView(Entry, { dateField: 'title' })
// @ts-expect-error: no such field
YearArchiveView(Entry, { dateField: 'writtenat' })
// @ts-expect-error: a model without dates
YearArchiveView(Writer, { dateField: 'name' })
// @ts-expect-error: no date
YearArchiveView(Entry, { dateField: 'day' }).asView({ dateField: 'title' })

class Month extends MonthArchiveView(Entry, { dateField: 'day' })<{ year: number; month: number }> {
  override async getContextData() {
    const context = await super.getContextData()
    expectTypeOf(context.month).toEqualTypeOf<Temporal.PlainDate>()
    expectTypeOf(context.nextMonth).toEqualTypeOf<Temporal.PlainDate | null>()
    expectTypeOf(context.dateList).toEqualTypeOf<readonly Temporal.PlainDate[]>()
    expectTypeOf(context.objectList).toEqualTypeOf<readonly Entry[]>()
    return context
  }
}
path('<int:year>/<int:month>/', Month.asView())
// @ts-expect-error: the month is a number
path('<int:year>/<slug:month>/', Month.asView())
path('<int:year>/<int:month>/<int:day>/', DayArchiveView(Entry, { dateField: 'day' }).asView())
