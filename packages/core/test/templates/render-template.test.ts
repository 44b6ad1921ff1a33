import { expect, test } from 'vitest'
import { serveProject } from '../project/serve-project.ts'

test('a template of an app knows the request, the context processors, url and querystring', async () => {
  await using site = await serveProject()
  const { text } = await site.ask('/hello/?page=1&q=a', { headers: { 'X-Visitor': 'Ann & Bob' } })
  expect(text).toBe('<p>Hello Ann &amp; Bob, &lt;you&gt;: /notes/7/ ?q=a&amp;page=2</p>\n')
})
