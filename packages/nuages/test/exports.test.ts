/** What is public is decided here: a name that comes or goes changes exports.txt, and so is seen in review. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const { exports } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  exports: Record<string, string>
}

/**
 * What packages export for one another and `export *` passes on. No page names it, nobody is promised it, and it may change
 * in any release. This list only gets shorter.
 */
const plumbing: Readonly<Record<string, string>> = {
  '.': `AppRegistry CheckRegistry appTemplateFolders didYouMean fixtureDirs gatherCommands isApp isCommand isSentByOtherSite loadEnvironmentFile loadUrlconf
    nearestName renderTemplate requestContext skipCsrfChecks storeMediaIn templateRendered withArticle`,
  './gateway': 'environNameOfHeader',
  './http': `HttpResponseRedirectBase cacheDirectives contentDisposition defaultRequestPolicy directiveSeconds environKey escapePath escapeQuery hasVaryHeader
    iriToUri matchesStrongly matchesWeakly parseByteRanges parseEntityTags parseMediaType
    reasonPhrase setEntityTag`,
  './urls': 'appendSlash builtinConverters checkUrlpatterns createResolver listRoutes',
  './orm': `ModelMeta ModelRegistry ReverseField buildModel checkModels choiceLabel choiceOf cleanField createRegistry
    databaseAliasOf databaseAliases isDatabaseDefault isStored limitOf lookupPath readSwapsFrom rowsAndCount snakeCase snapshotRow storedValues`,
  './orm/migrations': 'inspectSteps planFindings preparedPlan',
  './orm/serializers': 'compressor holdsModel',
  './templates': 'NunjucksEngine isRenderable',
  './staticfiles': `checkMedia checkStaticDirs collectStatic findAllStatic isStaticPath mediaMiddleware serveMedia staticLibrary staticMiddleware staticSources`,
  './files': 'isFileContent partsOfName setDefaultStorage',
  './forms': 'LazyForms RenderedPart fileContradiction formTemplate',
  './contenttypes': 'createContentTypes',
  './auth':
    'authContext cleanOwnPassword createPermissions omitMissingPassword passwordChanged spendHashingTime withRefusal',
  './ratelimit': 'isToldByProxy',
  './i18n': 'formatDefault isDateOrTime localized momentOf monthNames namedFormats ordinalSuffix setDefaultTimeZone',
}

async function moduleOf(entry: string): Promise<Readonly<Record<string, unknown>>> {
  return import(join(import.meta.dirname, '..', exports[entry]!))
}

async function namesOf(entry: string): Promise<string[]> {
  return Object.keys(await moduleOf(entry)).sort()
}

function plumbingOf(entry: string): string[] {
  return (plumbing[entry] ?? '').split(/\s+/).filter((name) => name !== '')
}

test('the public names of every entry point', async () => {
  const sections = await Promise.all(
    Object.keys(exports).map(async (entry) => {
      const inner = new Set(plumbingOf(entry))
      const names = (await namesOf(entry)).filter((name) => !inner.has(name))
      return `${join('nuages', entry)}\n${names.map((name) => `  ${name}\n`).join('')}`
    }),
  )
  await expect(sections.join('\n')).toMatchFileSnapshot('exports.txt')
})

test.for(Object.keys(plumbing))('what is listed as plumbing of %s is still exported', async (entry) => {
  expect(await namesOf(entry)).toEqual(expect.arrayContaining(plumbingOf(entry)))
})

/** A form's field and a model's have the same name, and so have their classes: a module uses one or the other. */
const fieldsOfBoth =
  `BooleanField DateField DateTimeField DecimalField DurationField FileField FloatField ImageField IntegerField
  BigIntegerField TimeField bigInteger boolean ipAddress char date dateTime decimal duration email file float image integer json slug text
  time url uuid`.split(/\s+/)

test('no public name means two things, but for those that two entry points share on purpose', async () => {
  const meanings = new Map<string, Map<unknown, string>>()
  for (const entry of Object.keys(exports)) {
    for (const [name, meaning] of Object.entries(await moduleOf(entry))) {
      const known = meanings.get(name) ?? new Map<unknown, string>()
      if (!known.has(meaning)) meanings.set(name, known.set(meaning, entry))
    }
  }
  const twice = [...meanings].flatMap(([name, places]) => (places.size > 1 ? [[name, [...places.values()]]] : []))
  expect(Object.fromEntries(twice)).toEqual({
    reverse: ['./urls', './orm'],
    ...Object.fromEntries(fieldsOfBoth.map((name) => [name, ['./orm', './forms']])),
  })
})
