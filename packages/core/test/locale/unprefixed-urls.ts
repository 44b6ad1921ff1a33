import { HttpResponse } from '@nuages/http'
import { getLanguage } from '@nuages/i18n'
import { i18nPatterns, path, reverseName } from '@nuages/urls'

const urlOf = (name: string) => reverseName(name, {})

export const urlpatterns = [
  path('fixed/', () => new HttpResponse(getLanguage())),
  i18nPatterns([path('about/', () => new HttpResponse(`${getLanguage()} ${urlOf('about')}`), 'about')], {
    prefixDefaultLanguage: false,
  }),
]
