import { HttpResponse, StreamingHttpResponse } from '@nuages/http'
import { formatDefault, getLanguage, gettext } from '@nuages/i18n'
import { i18nPatterns, include, path } from '@nuages/urls'
import { csrfExempt, languageUrls, renderTemplate, setLanguage } from '../../src/index.ts'

export const urlpatterns = [
  path('plain/', () => new HttpResponse('nothing to translate')),
  path('hello/', () => new HttpResponse(gettext('Hello'))),
  path('page/', async (request) => new HttpResponse(await renderTemplate('page.html', {}, request))),
  path('stream/', () => new StreamingHttpResponse(['a', 'b'])),
  path('moment/', () => new HttpResponse(formatDefault(Temporal.Instant.from('2026-11-05T16:30:00Z')))),
  path('i18n/', include(languageUrls)),
  path('choose/', csrfExempt(setLanguage)),
  i18nPatterns([
    path(
      'about/',
      async () => {
        await Promise.resolve()
        return new HttpResponse(`${getLanguage()} ${gettext('Hello')}`)
      },
      'about',
    ),
    path('posts/<int:year>/', (_request, { year }) => new HttpResponse(`${getLanguage()} ${year}`), 'posts'),
  ]),
]
