import { loads, runChecks } from '@nuages/core'
import { Session, SessionStore } from '@nuages/sessions'
import { markSafe } from '@nuages/templates'
import { assertNumQueries } from '@nuages/testing'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { Message, messages } from '../src/index.ts'
import { closeProject, meanwhile, visitor } from './project/project.ts'

afterAll(closeProject)

/** Made by Django's CookieStorage with this project's key. */
const djangoCookie =
  '.eJyLjlaKj88qzs-Lz00tLk5MT1XSMdAxMtVRisqPKTUwSE1SsEmyU4rVwVRmqGNsoKNkk2lXnJiWaqOfaaeko1SSmK4UGwsAdLsaDQ:1r31eq:d18TXm56rPAErldDJKebVC_CszScGAfnFbCE4bs5hkg'

const long = (n: number) => Array.from({ length: n }, (_, i) => ({ text: `${i} ${randomText(300)}` }))

/** What cannot be compressed. */
function randomText(length: number): string {
  return Array.from({ length }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90))).join('')
}

describe('a message', () => {
  test('survives a redirect and is shown once', async () => {
    const client = await visitor()
    const response = await client.post('/say/', { json: [{ text: 'Saved.' }], follow: true })
    expect(response.text()).toBe('1: [success|Saved.]')
    expect(response.headers.get('Vary')).toBe('Cookie')
    expect(client.cookies.has('messages')).toBe(false)
    expect((await client.get('/page/')).text()).toBe('none')
  })

  test('waits for a page that shows it', async () => {
    const client = await visitor()
    await client.post('/say/', { json: [{ text: 'one' }, { text: 'two', level: 'error', extraTags: 'big' }] })
    for (const path of ['/', '/quiet/', '/asks/']) await client.get(path)
    await client.post('/say/', { json: [{ text: 'three', level: 35 }] })
    await client.head('/page/')
    expect((await client.get('/page/')).text()).toBe('3: [success|one][big error|two][|three]')
    expect((await client.get('/page/')).text()).toBe('none')
  })

  test('is shown at once where the page is made by the same request', async () => {
    const client = await visitor()
    const page = await client.get('/now/')
    expect([page.text(), page.cookies.size]).toEqual(['1: [warning|At once]', 0])
    // One that is added after the page was made is for the next.
    await client.get('/first/')
    expect((await client.get('/page/')).text()).toBe('1: [info|After the page]')
  })

  test('is not lost with a page that failed', async () => {
    const client = await visitor()
    await client.post('/say/', { json: [{ text: 'kept' }] })
    expect((await client.get('/fails/', { raiseRequestException: false })).status).toBe(500)
    expect((await client.get('/page/')).text()).toBe('1: [success|kept]')
  })

  test('is escaped, unless this site said that it is safe', async () => {
    const client = await visitor()
    const json = [
      { text: '<b>1</b>' },
      { text: '<b>2</b>', safe: true },
      { text: 'Grüße, 你好, 🌦, "quotes" \\ ; , = %' },
    ]
    const page = await client.post('/say/', { json, follow: true })
    expect(page.text()).toBe(
      '3: [success|&lt;b&gt;1&lt;/b&gt;][success|<b>2</b>][success|Grüße, 你好, 🌦, &quot;quotes&quot; \\ ; , = %]',
    )
  })

  test('is read in code as well, and the list stands in a template that a project may replace', async () => {
    const client = await visitor()
    await client.post('/say/', { json: [{ text: '<x>' }] })
    expect((await client.get('/list/')).json()).toEqual([[25, 'success', '<x>']])
    expect((await client.get('/list/')).json()).toEqual([])
    const included = await client.post('/say/', { json: [{ text: '<x>' }] }).then(() => client.get('/included/'))
    expect(included.text()).toBe('<div class="messages" role="status"><p class="message success">&lt;x&gt;</p></div>')
    expect((await client.get('/included/')).text()).toBe('')
    await client.post('/say/', { json: [{ text: 'once' }] })
    expect((await client.get('/framed/')).text()).toBe('<ul><li>once</li></ul>')
    expect((await client.get('/framed/')).text()).toBe('')
  })

  test('costs nothing where nobody asks', async () => {
    const client = await visitor()
    await client.post('/say/', { json: [{ text: 'x' }] })
    for (const path of ['/', '/quiet/']) {
      const response = await assertNumQueries(0, () => client.get(path))
      expect(response.headers.has('Vary')).toBe(false)
      expect(response.cookies.size).toBe(0)
    }
  })
})

describe('levels', () => {
  test('below the least are dropped', async () => {
    const client = await visitor()
    expect((await client.get('/loud/')).json()).toBe(20)
    expect((await client.get('/page/')).text()).toBe('1: [debug|detail]')
    const strict = await visitor({ messages: { level: 'warning' } })
    const json = [
      { text: 'a', level: 'success' as const },
      { text: 'b', level: 30 },
    ]
    expect((await strict.post('/say/', { json, follow: true })).text()).toBe('1: [warning|b]')
  })

  test('have the tags of the settings', async () => {
    const client = await visitor({ messages: { tags: { error: 'danger', 50: 'critical' } } })
    const json = [{ text: 'a', level: 'error' }, { text: 'b', level: 50 }, { text: 'c' }]
    expect((await client.post('/say/', { json, follow: true })).text()).toBe('3: [danger|a][critical|b][success|c]')
  })
})

describe('the cookie', () => {
  test('is HttpOnly, ends with the browser, and is Secure over HTTPS', async () => {
    const client = await visitor()
    const cookie = (await client.post('/say/', { json: [{ text: 'x' }] })).cookies.get('messages')!
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' })
    for (const name of ['maxAge', 'expires', 'secure']) expect(cookie).not.toHaveProperty(name)
    const secure = await client.post('/say/', { json: [{ text: 'x' }], secure: true })
    expect(secure.cookies.get('__Host-messages')).toMatchObject({ secure: true, path: '/' })
    expect((await client.get('/page/', { secure: true })).text()).toBe('1: [success|x]')
    expect(client.cookies.has('__Host-messages')).toBe(false)
  })

  test.for([
    [{ cookieName: 'said' }, 'said'],
    [{ cookieDomain: 'localhost' }, 'messages'],
    [{ cookiePath: '/say/' }, 'messages'],
    [{ cookieSecure: false }, 'messages'],
  ] as const)('is called %j %s', async ([changes, name]) => {
    const client = await visitor({ messages: changes })
    const answer = await client.post('/say/', { json: [{ text: 'x' }], secure: true })
    expect([...answer.cookies.keys()]).toEqual([name])
  })

  test.for([
    ['nonsense', 'hello'],
    ['empty', ''],
    ['unsigned', Buffer.from('[["__json_message",1,25,"<script>alert(1)</script>",""]]').toString('base64url')],
    ['signed by nobody', `${Buffer.from('[["__json_message",1,25,"<script>",""]]').toString('base64url')}:1r31eq:x`],
    ['huge', 'a'.repeat(8000)],
  ])('that this site did not sign shows nothing: %s', async ([, value]) => {
    const client = await visitor()
    client.cookies.set('messages', value!)
    expect((await client.get('/page/')).text()).toBe('none')
  })

  test("is Django's", async () => {
    const client = await visitor()
    client.cookies.set('messages', djangoCookie)
    expect((await client.get('/page/')).text()).toBe('2: [success|Zoë &lt;b&gt;][tag warning|<i>safe</i>]')
    vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_500 })
    try {
      const json = [{ text: 'Zoë <b>' }, { text: '<i>safe</i>', level: 'warning', extraTags: 'tag', safe: true }]
      await client.post('/say/', { json })
    } finally {
      vi.useRealTimers()
    }
    // What is compressed may differ from one zlib to another; what is in it may not.
    const loading = { salt: 'django.contrib.messages', key: 'django.http.cookiesonly-for-tests-0123456789-abcdefgh' }
    expect(loads(client.cookies.get('messages')!, loading)).toEqual(loads(djangoCookie, loading))
  })

  test('is left alone by a page that had nothing to show: another request may just have set it', async () => {
    const client = await visitor()
    meanwhile.run = async () => {
      meanwhile.run = undefined
      await client.post('/say/', { json: [{ text: 'from the other tab' }] })
    }
    expect((await client.get('/page/')).text()).toBe('none')
    expect((await client.get('/page/')).text()).toBe('1: [success|from the other tab]')
  })
})

describe('what does not fit into the cookie', () => {
  test('waits in the session, in order, and is gone from it when it was shown', async () => {
    const client = await visitor()
    const said = long(20)
    const sent = await client.post('/say/', { json: said })
    expect(sent.headers.getAll('Set-Cookie').every((line) => line.length < 4096)).toBe(true)
    expect(await Session.objects.count()).toBe(1)
    await client.post('/say/', { json: [{ text: 'the last' }] })
    const shown = (await client.get('/list/')).json() as [number, string, string][]
    expect(shown.map(([, , text]) => text)).toEqual([...said.map(({ text }) => text), 'the last'])
    expect((await client.get('/list/')).json()).toEqual([])
    expect(client.cookies.has('messages')).toBe(false)
    expect(await new SessionStore(client.cookies.get('sessionid')).keys()).toEqual([])
  })

  test('is shown by a template, which waits for it', async () => {
    const client = await visitor()
    await client.post('/say/', { json: [{ text: 'short' }, ...long(12)] })
    expect((await client.get('/asks/')).text()).toBe('some 13 13')
    expect((await client.get('/page/')).text()).toMatch(/^13: \[success\|short\]/)
    expect((await client.get('/page/')).text()).toBe('none')
  })

  test('may be a single message, or thousands', async () => {
    const client = await visitor()
    await client.post('/say/', { json: [{ text: randomText(5000) }] })
    expect((await client.get('/list/')).json()).toHaveLength(1)
    await client.post('/say/', { json: long(3000) })
    expect((await client.get('/list/')).json()).toHaveLength(3000)
  })

  test('is an error that says so, where there is no session', async () => {
    const client = await visitor({ withSessions: false })
    expect((await client.post('/say/', { json: [{ text: 'short' }], follow: true })).text()).toBe('1: [success|short]')
    await expect(client.post('/say/', { json: [{ text: randomText(5000) }] })).rejects.toThrow(
      'A message does not fit into a cookie, and there is no session to keep it.',
    )
    expect(await runChecks({ tags: ['messages'] })).toMatchObject([
      { id: 'messages.W001', message: expect.stringContaining('sessions is not installed') },
    ])
  })
})

describe.for(['database', 'cachedDatabase', 'cache', 'file', 'signedCookies'] as const)(
  'with sessions in %s',
  (engine) => {
    test('nothing is lost between the cookie and the session', async () => {
      const client = await visitor({ sessions: { engine } })
      // Of the two cookies each holds as much as it can.
      const said = long(engine === 'signedCookies' ? 9 : 40)
      await client.post('/say/', { json: said })
      await client.post('/say/', { json: [{ text: 'the last', level: 'warning', extraTags: 'big' }] })
      const shown = (await client.get('/list/')).json() as [number, string, string][]
      expect(shown.map(([, , text]) => text)).toEqual([...said.map(({ text }) => text), 'the last'])
      expect(shown.at(-1)).toEqual([30, 'big warning', 'the last'])
      expect((await client.get('/list/')).json()).toEqual([])
    })

    test('what fits nowhere is an error that says so', async () => {
      const client = await visitor({ sessions: { engine } })
      const sent = client.post('/say/', { json: long(60) })
      if (engine !== 'signedCookies') expect((await sent).status).toBe(303)
      else await expect(sent).rejects.toThrow("The most is under '_messages'")
    })
  },
)

test('a project without the app is told so, unless it does not care', async () => {
  await closeProject()
  expect(() => messages.success({} as never, 'x')).toThrow(
    'A message was added, and the app messages is not installed.',
  )
  messages.success({} as never, 'x', { failSilently: true })
})

test('a project with sessions passes the checks; the settings say what is wrong', async () => {
  await visitor()
  expect(await runChecks({ tags: ['messages'] })).toEqual([])
  await expect(visitor({ messages: { level: 'loud' as never } })).rejects.toThrow('messages.level')
  await expect(visitor({ messages: { tags: { loud: 'x' } } })).rejects.toThrow('messages.tags')
})

test('a message by itself', async () => {
  await visitor()
  const message = new Message(25, markSafe('<b>x</b>'), 'a b')
  expect([message.tags, message.levelTag, String(message)]).toEqual(['a b success', 'success', '<b>x</b>'])
})
