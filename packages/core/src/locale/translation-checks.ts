import { existsSync } from 'node:fs'
import type { CheckMessage } from '@nuages/foundation'
import { CatalogueError, loadTranslations } from '@nuages/i18n'
import type { Settings } from '../settings/settings.ts'

/** What is wrong with the languages of a project and their catalogues. The ids are Django's where the finding is. */
export function checkTranslations({ languageCode, languages, localeDirs }: Settings): CheckMessage[] {
  const messages: CheckMessage[] = []
  const tags = Object.keys(languages)
  if (tags.length > 0 && !tags.includes(languageCode)) {
    messages.push({
      level: 'error',
      id: 'translation.E004',
      message: `The languageCode '${languageCode}' is none of the languages: ${tags.join(', ')}.`,
      hint: `Add ${languageCode} to languages, or make languageCode one of them.`,
    })
  }
  for (const dir of localeDirs.filter((dir) => !existsSync(dir))) {
    messages.push({
      level: 'warning',
      id: 'translation.W001',
      message: `The folder of catalogues '${dir}' does not exist.`,
      hint: 'Make the folder, or take it out of localeDirs.',
    })
  }
  try {
    loadTranslations()
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    messages.push({ level: 'error', id: 'translation.E005', message: error.message, ...hint })
  }
  return messages
}
