import { path } from '@nuages/urls'
import {
  ArchiveIndexView,
  DateDetailView,
  DayArchiveView,
  MonthArchiveView,
  TodayArchiveView,
  WeekArchiveView,
  YearArchiveView,
} from '../../src/index.ts'
import { Entry } from './diary/models.ts'

const byMoment = { dateField: 'writtenAt' } as const
const byDay = { dateField: 'day' } as const

class PublicMonth extends MonthArchiveView(Entry, byMoment)<{ year: number; month: number }> {
  override paginateBy = 2

  override getQueryset() {
    return Entry.objects.filter({ isPublic: true })
  }
}

const Year = YearArchiveView(Entry, byMoment)
const Month = MonthArchiveView(Entry, byMoment)
const Week = WeekArchiveView(Entry, byMoment)
const Day = DayArchiveView(Entry, byMoment)
const Detail = DateDetailView(Entry, byMoment)

export const urlpatterns = [
  path('index/', ArchiveIndexView(Entry, byMoment).asView()),
  path('index/all/', ArchiveIndexView(Entry, byMoment).asView({ allowFuture: true, paginateBy: 2 })),
  path('index/empty/', ArchiveIndexView(Entry, byMoment).asView({ allowEmpty: true })),
  path('<int:year>/', Year.asView()),
  path('asked/', Year.asView()),
  path('fixed/', Year.asView({ year: 2025, makeObjectList: true })),
  path('<int:year>/rows/', Year.asView({ makeObjectList: true, ordering: 'title' })),
  path('<int:year>/future/', Year.asView({ allowFuture: true })),
  path('<int:year>/empty/', Year.asView({ allowEmpty: true })),
  path('<int:year>/<int:month>/', Month.asView()),
  path('<int:year>/<int:month>/empty/', Month.asView({ allowEmpty: true })),
  path('<int:year>/<int:month>/future/', Month.asView({ allowEmpty: true, allowFuture: true })),
  path('public/<int:year>/<int:month>/', PublicMonth.asView()),
  path('<int:year>/week/<int:week>/', Week.asView()),
  path('<int:year>/monday/<int:week>/', Week.asView({ weekFormat: '%W', allowEmpty: true })),
  path('<int:year>/sunday/<int:week>/', Week.asView({ weekFormat: '%U', allowEmpty: true })),
  path('<int:year>/iso/<int:week>/', Week.asView({ allowEmpty: true })),
  path('<int:year>/<int:month>/<int:day>/', Day.asView()),
  path('<int:year>/<int:month>/<int:day>/empty/', Day.asView({ allowEmpty: true })),
  path('today/', TodayArchiveView(Entry, byMoment).asView()),
  path('<int:year>/<int:month>/<int:day>/<slug:slug>/', Detail.asView()),
  path('<int:year>/<int:month>/<int:day>/future/<slug:slug>/', Detail.asView({ allowFuture: true })),
  path('day/index/', ArchiveIndexView(Entry, byDay).asView()),
  path('day/<int:year>/', YearArchiveView(Entry, byDay).asView({ makeObjectList: true })),
  path('day/<int:year>/<int:month>/', MonthArchiveView(Entry, byDay).asView()),
  path('day/<int:year>/<int:month>/<int:day>/', DayArchiveView(Entry, byDay).asView()),
  path('day/today/', TodayArchiveView(Entry, byDay).asView()),
  path('day/<int:year>/<int:month>/<int:day>/<int:pk>/', DateDetailView(Entry, byDay).asView()),
]
