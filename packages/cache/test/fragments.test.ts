import { createApplication, resetSetup, type Settings } from '@nuages/core'
import { withLanguage, withTimeZone } from '@nuages/i18n'
import { Client } from '@nuages/testing'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { caches, makeTemplateFragmentKey } from '../src/index.ts'
import { projectSettings } from './project/settings.ts'
import { asked } from './project/urls.ts'

async function clientOf(changes: Parameters<typeof projectSettings>[0] = {}): Promise<Client> {
  await resetSetup()
  return new Client(await createApplication(projectSettings({ databases: {}, ...changes }) as unknown as Settings))
}

describe('{% cache %}', () => {
  beforeEach(() => {
    asked.times = 0
  })
  afterAll(resetSetup)

  const read = async (client: Client, path: string) => (await client.get(path)).text().trim()

  test('keeps what is inside, by its name and the values', async () => {
    const client = await clientOf()
    expect(await read(client, '/fragments/?name=ann')).toBe('<b>ann</b> 1|a2|b3|a4')
    expect(await read(client, '/fragments/?name=ann')).toBe('<b>ann</b> 1|a4|b3|a4')
    expect(await read(client, '/fragments/?name=%3Cben%3E')).toBe('<b>&lt;ben&gt;</b> 5|a4|b3|a4')
    expect(await caches.get().delete(makeTemplateFragmentKey('letters', ['b']))).toBe(true)
    expect(await read(client, '/fragments/?name=ann')).toBe('<b>ann</b> 1|a4|b6|a4')
    expect(await caches.get().get(makeTemplateFragmentKey('sidebar', ['ann']))).toBe('<b>ann</b> 1')
  })

  test('by language and time zone as well', async () => {
    const client = await clientOf({ languages: { en: 'English', ko: '한국어' } })
    expect(await read(client, '/fragments/?name=ann')).toBe('<b>ann</b> 1|a2|b3|a4')
    const korean = await client.get('/fragments/?name=ann', { headers: { 'Accept-Language': 'ko' } })
    expect(korean.text().trim()).toBe('<b>ann</b> 5|a6|b7|a8')
    expect(await withTimeZone('Asia/Seoul', () => read(client, '/fragments/?name=ann'))).toBe(
      '<b>ann</b> 9|a10|b11|a12',
    )
    expect(await read(client, '/fragments/?name=ann')).toBe('<b>ann</b> 1|a4|b3|a4')
    const key = withLanguage('ko', () => makeTemplateFragmentKey('sidebar', ['ann']))
    expect(await caches.get().get(key)).toBe('<b>ann</b> 5')
  })

  test('in the cache of fragments, where there is one', async () => {
    const client = await clientOf({ caches: { default: 'memory:', template_fragments: 'memory:' } })
    await read(client, '/fragments/?name=ann')
    const key = makeTemplateFragmentKey('sidebar', ['ann'])
    expect(await caches.get('template_fragments').has(key)).toBe(true)
    expect(await caches.get().has(key)).toBe(false)
  })

  test.for(['/secret/', '/secret/?token'])("keeps nothing that is one visitor's alone: %s", async (path) => {
    const client = await clientOf()
    expect(await read(client, path)).not.toBe(await read(client, path))
    const debug = await clientOf({ debug: true })
    await expect(read(debug, path)).rejects.toThrow("{% cache %} of 'secret' holds")
  })

  test.for([
    ["{% cache 'a' 'b' %}x{% endcache %}", "{% cache %} takes seconds first, not 'a'."],
    ['{% cache 300 %}x{% endcache %}', '{% cache %} takes a name after its seconds, not undefined.'],
    ["{% cache 300 'a' other=1 %}x{% endcache %}", "{% cache %} takes no 'other='."],
    ["{% cache 300 'a' {} %}x{% endcache %}", "{% cache %} of 'a' was given an object that has no text of its own."],
    ["{% cache 300 'a' using='nowhere' %}x{% endcache %}", "There is no cache 'nowhere'."],
    ["{% cache 300 'a' %}x", 'endcache'],
    ["{% cache 300 'a' as b %}x{% endcache %}", "the tag 'cache' prints its body; it takes no 'as'"],
    ["{% cashe 300 'a' %}x{% endcashe %}", "Did you mean 'cache'?"],
  ])('%s is told', async ([source, message]) => {
    await clientOf()
    const { templateEngine } = await import('@nuages/core')
    await expect(templateEngine().renderString(source!)).rejects.toThrow(message)
  })

  test('for ever, in another cache, inside one another, with what has to be loaded', async () => {
    await clientOf()
    const { templateEngine } = await import('@nuages/core')
    const engine = templateEngine()
    let made = 0
    const context = { name: Promise.resolve('ann'), late: () => Promise.resolve(++made) }
    const source =
      "{% cache none 'outer' name using='other' %}{{ name }} {{ late() }} {% cache 300 'inner' %}{{ late() }}{% endcache %}{% endcache %}"
    const first = await engine.renderString(source, context)
    expect(first).toMatch(/^ann \d \d$/)
    const madeFirst = made
    expect(await engine.renderString(source, context)).toBe(first)
    expect(made).toBe(madeFirst)
    expect(await caches.get('other').get(makeTemplateFragmentKey('outer', ['ann']))).toBe(first)
    expect(await caches.get().get(makeTemplateFragmentKey('inner'))).toBe(first.slice(-1))
  })
})
