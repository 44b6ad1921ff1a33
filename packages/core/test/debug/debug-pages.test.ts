import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { describe, expect, test } from 'vitest'
import { hideSecrets } from '../../src/debug/hide-secrets.ts'
import { stackFrames } from '../../src/debug/stack-frames.ts'
import { serveProject } from '../project/serve-project.ts'

const view = (): HttpResponse => new HttpResponse('x')
const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('the debug page', () => {
  test('shows the error, its cause, the source, the request and the settings', async () => {
    await using site = await serveProject({ debug: true })
    const { status, text, headers } = await site.ask('/boom/?colour=blue&resetToken=s3cret', {
      headers: { ...browser, Cookie: 'sessionid=s3cret; theme=dark', Authorization: 'Basic s3cret' },
    })
    expect(status).toBe(500)
    expect(headers['content-type']).toContain('text/html')
    for (const part of [
      'RangeError',
      'The sky fell',
      'A cloud was too heavy',
      'Caused by',
      'views.ts',
      'colour',
      'theme',
    ]) {
      expect(text, part).toContain(part)
    }
    expect(text).toMatch(/class="row current">.*new RangeError/)
    expect(text).not.toContain('only-for-tests-0123456789')
    expect(text).not.toContain('s3cret')
    expect(text).not.toMatch(/(src|href)="https?:/)
  })

  test('escapes what the client sent', async () => {
    await using site = await serveProject({ debug: true })
    const { text } = await site.ask('/boom/?x=%3Cscript%3Ealert(1)%3C/script%3E', {
      headers: { ...browser, 'X-Test': '</pre><script>alert(2)</script>' },
    })
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script&gt;alert(2)')
  })

  test('is plain text for a client that did not name HTML', async () => {
    await using site = await serveProject({ debug: true })
    const { text, headers } = await site.ask('/slow-boom/', { headers: { Accept: '*/*' } })
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(text).toContain('RangeError at GET /slow-boom/\n\nThe sky fell, slowly')
    expect(text).toMatch(/> +\d+ \| {3}throw new RangeError/)
  })

  test('shows the place in a template', async () => {
    await using site = await serveProject({ debug: true })
    const { text } = await site.ask('/broken-template/', { headers: browser })
    expect(text).toContain('notes/templates/notes/broken.html:3')
    expect(text).toMatch(/class="row current"><b>3<\/b>.*note\.missing\.title/)
  })

  test('names the view that gave no response', async () => {
    await using site = await serveProject({ debug: true })
    expect((await site.ask('/nothing/')).text).toContain(
      "The view nothing of the URL pattern 'nothing/' returned undefined in place of an HttpResponse.",
    )
    expect((await site.ask('/promised-text/')).text).toContain('returned a string in place of an HttpResponse')
  })
})

describe('the debug 404 page', () => {
  test('lists what was tried', async () => {
    await using site = await serveProject({ debug: true })
    const { status, text } = await site.ask('/<b>', { headers: browser })
    expect(status).toBe(404)
    expect(text).toContain('/notes/&lt;int:id&gt;/')
    expect(text).toContain('No URL pattern matches /%3Cb%3E')
    expect((await site.ask('/nope')).text).toContain('  /notes/<int:id>/  (note)')
  })

  test('says which view raised it', async () => {
    await using site = await serveProject({ debug: true })
    const { text } = await site.ask('/missing/', { headers: browser })
    expect(text).toContain('There is no such note.')
    expect(text).toContain('<dd>missing</dd>')
  })

  test.each([
    ['without patterns', []],
    ['as it was scaffolded', [path('admin/', view, 'index'), path('accounts/login/', view, 'login')]],
  ])('is the welcome page at the root of a project %s', async (_state, urlpatterns) => {
    const urlconf = async () => ({ urlpatterns })
    await using site = await serveProject({ debug: true, urlconf })
    const welcome = await site.ask('/', { headers: browser })
    expect(welcome.status).toBe(200)
    expect(welcome.text.includes('href="/admin/"')).toBe(urlpatterns.length > 0)
    expect((await site.ask('/x/', { headers: browser })).status).toBe(404)
    await using closed = await serveProject({ urlconf })
    expect((await closed.ask('/', { headers: browser })).status).toBe(404)
  })
})

test('hideSecrets hides by name, at any depth, and in URLs', () => {
  expect(
    hideSecrets({
      secretKey: 'a',
      user: { password: 'b', name: 'c' },
      apiToken: ['d'],
      databases: { default: 'postgres://me:hunter2@db/x' },
      empty: { secret: '' },
    }),
  ).toEqual({
    secretKey: '••••••••',
    user: { password: '••••••••', name: 'c' },
    apiToken: '••••••••',
    databases: { default: 'postgres://me:••••••••@db/x' },
    empty: { secret: '' },
  })
})

test('hideSecrets leaves who wrote a text, and hides what a URL says in its query or after an unescaped @', () => {
  expect(
    hideSecrets({ author: 'Woolf', authors: ['Kafka'], authorisation: 'Basic a', 'proxy-authorization': 'b' }),
  ).toEqual({
    author: 'Woolf',
    authors: ['Kafka'],
    authorisation: '••••••••',
    'proxy-authorization': '••••••••',
  })
  expect(hideSecrets('postgres://me:hunt@2@db/x')).toBe('postgres://me:••••••••@db/x')
  expect(hideSecrets('postgres://db/x?user=me&password=hunter2&ssl=1')).toBe(
    'postgres://db/x?user=me&password=••••••••&ssl=1',
  )
})

test('a message cannot pass for a stack, which would show files of its choice', () => {
  const error = new Error('no\n    at secrets (/etc/passwd:1:1)\n')
  expect(stackFrames(error, '/p').map(({ file }) => file)).not.toContain('/etc/passwd')
  expect(stackFrames(error, '/p').length).toBeGreaterThan(0)
})
