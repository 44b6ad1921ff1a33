import { Http404, type HttpRequest, type HttpResponse } from 'nuages/http'
import { currentTimeZone } from 'nuages/i18n'
import { render } from 'nuages/views'
import { Post } from './models.ts'

interface MonthOfArchive {
  readonly month: number
  readonly name: string
  readonly count: number
  /** Eighths of the sky: two for each post. */
  readonly oktas: number
}

interface YearOfArchive {
  readonly year: number
  readonly count: number
  readonly months: readonly MonthOfArchive[]
}

/** Every year and month, and how many posts each has. */
export async function archive(request: HttpRequest): Promise<HttpResponse> {
  const rows = await Post.objects.published().values('publishedAt')
  const dates = rows.flatMap(({ publishedAt }) => (publishedAt === null ? [] : [localDate(publishedAt)]))
  return render(request, 'blog/archive.html', { years: yearsOf(dates) })
}

export async function archiveYear(request: HttpRequest, { year }: { year: number }): Promise<HttpResponse> {
  checkYear(year)
  const posts = await Post.objects.published().filter({ publishedAt__year: year }).asCards()
  if (posts.length === 0) throw new Http404(`No post was published in ${year}.`)
  const byMonth = Map.groupBy(posts, ({ publishedAt }) => (publishedAt === null ? 0 : localDate(publishedAt).month))
  const months = [...byMonth].map(([month, posts]) => ({ month, name: monthName(month, 'long'), posts }))
  return render(request, 'blog/archive_year.html', { year, months })
}

export async function archiveMonth(
  request: HttpRequest,
  { year, month }: { year: number; month: number },
): Promise<HttpResponse> {
  checkYear(year)
  const posts = await Post.objects.published().filter({ publishedAt__year: year, publishedAt__month: month }).asCards()
  if (posts.length === 0) throw new Http404(`No post was published in ${year}/${month}.`)
  return render(request, 'blog/archive_month.html', { year, month, monthName: monthName(month, 'long'), posts })
}

function yearsOf(dates: readonly Temporal.PlainDate[]): YearOfArchive[] {
  return [...Map.groupBy(dates, (date) => date.year)].map(([year, inYear]) => ({
    year,
    count: inYear.length,
    months: Array.from({ length: 12 }, (_, index) => {
      const count = inYear.filter((date) => date.month === index + 1).length
      return { month: index + 1, name: monthName(index + 1, 'short'), count, oktas: Math.min(8, count * 2) }
    }),
  }))
}

function localDate(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(currentTimeZone()).toPlainDate()
}

function monthName(month: number, style: 'long' | 'short'): string {
  return new Intl.DateTimeFormat('en', { month: style, timeZone: 'UTC' }).format(Date.UTC(2000, month - 1))
}

/** An address may name a year that no calendar reaches. */
function checkYear(year: number): void {
  if (year < 1 || year > 9999) throw new Http404(`There is no year ${year}.`)
}
