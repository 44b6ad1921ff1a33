import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { GetTextTranslations } from 'gettext-parser'
import { CatalogueError } from '../errors.ts'
import { type Catalogue, messageKey, type Translation } from './catalogue.ts'
import { germanicRule, pluralRule } from './plural-rule.ts'

const require = createRequire(import.meta.url)

/**
 * Reads a `.po` file. Messages without a translation, and those that are marked `fuzzy`, are left out. Throws `CatalogueError`
 * that names the file.
 */
export function readPoFile(file: string): Catalogue {
  try {
    return parsePo(readFileSync(file))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CatalogueError(`The catalogue ${file} cannot be read: ${reason}`, {
      cause: error,
      hint: 'msgfmt --check of GNU gettext tells more.',
    })
  }
}

function parsePo(content: Buffer): Catalogue {
  // Loaded with the first catalogue: a project in English never pays for it.
  const { po } = require('gettext-parser') as typeof import('gettext-parser')
  const parsed: GetTextTranslations = po.parse(content, { defaultCharset: 'utf-8' })
  const header = Object.entries(parsed.headers).find(([name]) => name.toLowerCase() === 'plural-forms')?.[1]
  const plural = header === undefined || header.includes('EXPRESSION') ? germanicRule : pluralRule(header)
  const catalogue = new Map<string, Translation>()
  for (const messages of Object.values(parsed.translations)) {
    for (const { msgid, msgctxt, msgstr, comments } of Object.values(messages)) {
      const isUsable = msgid !== '' && msgstr.every((form) => form !== '') && msgstr.length > 0
      if (!isUsable || /(^|[\s,])fuzzy($|[\s,])/.test(comments?.flag ?? '')) continue
      catalogue.set(messageKey(msgctxt || undefined, msgid), { forms: msgstr, plural })
    }
  }
  return catalogue
}
