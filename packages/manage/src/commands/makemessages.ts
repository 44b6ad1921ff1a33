import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { CommandError, type Settings } from '@nuages/core'
import { type PlacedMessage, sourceMessages, templateMessages, updateCatalogue } from '@nuages/i18n'
import { builtIn } from '../program/built-in.ts'
import { numbered } from '../program/numbered.ts'

/** Folders whose texts nobody translates. */
const passedOver = new Set([
  'node_modules',
  'dist',
  'coverage',
  'locale',
  'migrations',
  'static',
  'test',
  'tests',
  'media',
])

/** Writes the messages of the project into its catalogues. Django's `makemessages`. */
export const makemessages = builtIn({
  options: {
    locale: {
      type: 'string',
      short: 'l',
      multiple: true,
      help: 'a language, by its tag; default: those of the settings',
    },
  },
  async run({ options, project, stdout }) {
    const settings = await project.settings()
    const languages = options.locale.length > 0 ? options.locale : languagesOf(settings)
    if (languages.length === 0) {
      throw new CommandError('There is no language to translate into.', {
        hint: "Name one with --locale ko, or add languages: { en: 'English', ko: '한국어' } to the settings.",
      })
    }
    for (const [folder, messages] of byFolder(settings)) {
      for (const language of languages) {
        const file = join(folder, language.replaceAll('-', '_'), 'LC_MESSAGES', 'messages.po')
        const existing = existsSync(file) ? readFileSync(file, 'utf8') : undefined
        const update = updateCatalogue(language, messages, existing)
        mkdirSync(dirname(file), { recursive: true })
        if (update.content !== existing) writeFileSync(file, update.content)
        const open = update.untranslated === 0 ? 'all translated' : `${update.untranslated} to translate`
        stdout.write(`${relative(settings.baseDir, file)}: ${numbered(update.messages, 'message')}, ${open}.\n`)
      }
    }
  },
})

/** Messages are English: into English nothing has to be translated. */
function languagesOf({ languages, languageCode }: Settings): string[] {
  return [...new Set([...Object.keys(languages), languageCode])].filter((tag) => !/^en(-|$)/i.test(tag))
}

/** The messages of each folder of catalogues: an app's own, and the project's for what belongs to no app. */
function byFolder(settings: Settings): Map<string, PlacedMessage[]> {
  const { baseDir, installedApps, localeDirs } = settings
  const apps = installedApps.map(({ dir }) => dir).filter((dir) => isBelow(dir, baseDir) && dir !== baseDir)
  const found = new Map<string, PlacedMessage[]>()
  for (const file of globSync('**/*.{ts,mts,js,mjs,html,txt}', {
    cwd: baseDir,
    exclude: (name) => passedOver.has(name),
  })) {
    const path = join(baseDir, file)
    const source = readFileSync(path, 'utf8')
    const messages = /\.(html|txt)$/.test(file) ? templateMessages(source) : sourceMessages(source)
    if (messages.length === 0) continue
    const [app] = apps.filter((dir) => isBelow(path, dir)).sort((a, b) => b.length - a.length)
    const folder = app === undefined ? (localeDirs[0] ?? join(baseDir, 'locale')) : join(app, 'locale')
    const list = found.get(folder) ?? []
    found.set(folder, list)
    list.push(...messages.map((message) => ({ ...message, file: file.split(sep).join('/') })))
  }
  return found
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return (
    way !== '..' && !way.startsWith(`..${sep}`) && !/^([A-Za-z]:|\/)/.test(way) && !way.includes(`node_modules${sep}`)
  )
}
