import { getLanguage } from '@nuages/i18n'
import { fromSettings } from '../settings/active-settings.ts'

const languages = fromSettings(({ languages }) =>
  Object.entries(languages).map(([code, name]) => Object.freeze({ code, name })),
)

/** What every template of a request knows of languages: the active one, and those to choose from. Django's context processor `i18n`. */
export function languageContext(): Readonly<Record<string, unknown>> {
  return { languageCode: getLanguage(), languages: languages() }
}
