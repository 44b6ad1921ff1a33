import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from './served-site.ts'
import { without } from './tools.ts'

const execute = promisify(execFile)
const paths = [
  '/',
  '/posts/counting-oktas/',
  '/tags/rain/',
  '/archive/2026/',
  '/search/?q=fog',
  '/search/?q=%EB%B9%84',
  '/feed/',
  '/nowhere/',
]
const expected = [
  [200, 'text/html; charset=utf-8'],
  [200, 'text/html; charset=utf-8'],
  [200, 'text/html; charset=utf-8'],
  [200, 'text/html; charset=utf-8'],
  [200, 'text/html; charset=utf-8'],
  [200, 'text/html; charset=utf-8'],
  [200, 'application/atom+xml; charset=utf-8'],
  [404, 'text/html; charset=utf-8'],
]

describe.skipIf(without('python3'))('Python', () => {
  let site: ServedSite
  beforeAll(async () => {
    site = await ServedSite.start()
  })
  afterAll(() => site[Symbol.asyncDispose]())

  async function python(script: string): Promise<unknown> {
    const { stdout } = await execute('python3', ['-c', script, site.url.origin, JSON.stringify(paths)])
    return JSON.parse(stdout)
  }

  test('urllib.request reads every page', async () => {
    const answers = await python(`
import json, sys, urllib.error, urllib.request
answers = []
for path in json.loads(sys.argv[2]):
    try:
        response = urllib.request.urlopen(sys.argv[1] + path)
    except urllib.error.HTTPError as error:
        response = error
    body = response.read().decode('utf-8')
    assert len(body.encode()) == int(response.headers['Content-Length'])
    answers.append([response.status, response.headers['Content-Type']])
print(json.dumps(answers))
`)
    expect(answers).toEqual(expected)
  })

  test('http.client reads every page over one connection', async () => {
    const answers = await python(`
import http.client, json, sys, urllib.parse
connection = http.client.HTTPConnection(urllib.parse.urlsplit(sys.argv[1]).netloc)
connection.connect()
socket = connection.sock
answers = []
for path in json.loads(sys.argv[2]):
    connection.request('GET', path)
    response = connection.getresponse()
    response.read()
    assert connection.sock is socket, 'the connection was not kept'
    answers.append([response.status, response.headers['Content-Type']])
print(json.dumps(answers))
`)
    expect(answers).toEqual(expected)
  })

  test('the feed is well-formed to an XML parser that is not ours', async () => {
    const answer = await python(`
import json, sys, urllib.request, xml.etree.ElementTree as tree
atom = '{http://www.w3.org/2005/Atom}'
feed = tree.fromstring(urllib.request.urlopen(sys.argv[1] + '/feed/').read())
entries = feed.findall(atom + 'entry')
assert len({entry.findtext(atom + 'id') for entry in entries}) == len(entries)
print(json.dumps([feed.tag, len(entries), feed.findtext(atom + 'title')]))
`)
    expect(answer).toEqual(['{http://www.w3.org/2005/Atom}feed', 20, 'Mackerel Sky'])
  })
})
