import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withTimeZone } from '@nuages/i18n'
import { expect, test } from 'vitest'
import * as errors from '../src/errors.ts'
import { createNunjucksEngine, type TemplateLibrary } from '../src/index.ts'
import { posts, Store } from './library-of-authors.ts'
import { templateTree } from './template-tree.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/templates.md'), 'utf8')
const context = { day: Temporal.PlainDate.from('2026-11-05'), clock: Temporal.PlainTime.from('16:30') }

const examples = [...page.matchAll(/^\| `(\{\{.*)` \| `(.*)` \|$/gm)].map(
  ([, source, shown]) => [source!.replaceAll('\\|', '|'), shown!] as const,
)

test('the page has examples', () => expect(examples.length).toBeGreaterThan(15))

test.for(examples)('%s prints %s', async ([source, shown]) => {
  const engine = createNunjucksEngine({ debug: true })
  expect(await withTimeZone('Europe/Berlin', () => engine.renderString(source, context))).toBe(shown)
})

test('the first example', async () => {
  const files = [...page.matchAll(/^```html\n\{# (\S+) #\}\n(.*?)^```/gms)].map(
    ([, name, source]) => [name!, source!] as const,
  )
  const tree = templateTree(Object.fromEntries(files))
  const engine = createNunjucksEngine({
    dirs: [tree.path('templates')],
    appDirs: [tree.path('blog/templates')],
    libraries: [{ tags: { url: (_context, [name], { slug = '' }) => `/${name}/${slug}` } }],
  })
  const store = new Store()
  const text = await engine.render('blog/post_list.html', { posts: posts(store, 2) })
  expect(text).toContain('<h2><a href="/post-detail/">Post 2</a></h2>')
  expect(text).toContain('<p>Author 2, , #t2 #secret </p>')
  expect(store.queries).toEqual(['posts', 'authors 1,2', 'tags of 1', 'tags of 2'])
})

test('the library', async () => {
  const [, code] = /^```ts\n(import \{ html.*?)^```/ms.exec(page)!
  const source = code!.replace("'nuages/templates'", `'${pathToFileURL(join(import.meta.dirname, '../src/index.ts'))}'`)
  const tree = templateTree({ 'library.ts': source })
  const module = (await import(/* @vite-ignore */ pathToFileURL(tree.path('library.ts')).href)) as {
    templateLibrary: TemplateLibrary
  }
  const engine = createNunjucksEngine({ debug: true, libraries: [module.templateLibrary] })
  const text = await engine.renderString(
    "{{ 'a' | shout }}{% if 'a' is long %}!{% endif %}{% badge '<new>' color='red' %}",
  )
  expect(text).toBe('A!<b style="color: red">&lt;new&gt; of Nuages</b>')
})

test('every code of an error is in the page', () => {
  const made = [
    new errors.TemplateError(''),
    new errors.TemplateSyntaxError(''),
    new errors.TemplateDoesNotExist('', { names: [], tried: [] }),
  ]
  expect(made.map(({ name }) => name).sort()).toEqual(Object.keys(errors).sort())
  const rows = [...page.matchAll(/^\| `(template-[\w-]+)` \| `(\w+)` \|/gm)].map(([, code, name]) => ({ code, name }))
  expect(rows).toEqual(made.map(({ code, name }) => ({ code, name })))
})

test('every filter there is is in the page', async () => {
  const { djangoLibrary } = await import('../src/filters/django-library.ts')
  const section = page.slice(page.indexOf('- **As in Django**'), page.indexOf('- **Left out**'))
  const aliases = new Set(['d', 'e', 'default', 'forceescape', 'slice'])
  const listed = new Set([...section.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(Object.keys(djangoLibrary.filters!).filter((name) => !listed.has(name) && !aliases.has(name))).toEqual([])
  const engine = createNunjucksEngine()
  for (const word of ['undefined', 'null', 'true']) listed.delete(word)
  for (const name of listed) await engine.renderString(`{% if false %}{{ x | ${name} }}{% endif %}`)
})
