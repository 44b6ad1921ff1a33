import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hideSecrets } from '../../src/debug/hide-secrets.ts'
import { html } from '../../src/debug/markup.ts'
import { excerptOf } from '../../src/debug/source-excerpt.ts'
import { stackFrames } from '../../src/debug/stack-frames.ts'

test('no value gets out of its place in a page', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { source } = html`<p title="${text}">${[text]}</p>`
      expect(source.match(/[<>"]/g)).toHaveLength(6)
    }),
  )
})

test('any stack is read, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (text, line) => {
      const error = new Error('x')
      error.stack = `Error: x\n    at ${text}\n    at f (file:///p/a.ts:${line}:1)\n`
      expect(stackFrames(error, '/p').at(-1)).toMatchObject({
        file: '/p/a.ts',
        line,
        functionName: 'f',
        owner: 'project',
      })
    }),
  )
})

test('an excerpt holds its line, numbered as in the file', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]*$/), { minLength: 1 }), fc.nat(), (lines, seed) => {
      const line = (seed % lines.length) + 1
      const excerpt = excerptOf(lines.join('\n'), line, 3)
      expect(excerpt.find(({ current }) => current)).toEqual({ number: line, text: lines[line - 1], current: true })
      expect(excerpt.length).toBeLessThanOrEqual(7)
    }),
  )
})

test('a secret is not shown, wherever it stands', () => {
  const name = fc.constantFrom('password', 'secretKey', 'API_TOKEN', 'x-csrf', 'sessionid')
  fc.assert(
    fc.property(name, fc.array(fc.constantFrom('a', 'user', 'list')), (key, path) => {
      const value = path.reduce<unknown>((inner, step) => (step === 'list' ? [inner] : { [step]: inner }), {
        [key]: 'hush-hush',
      })
      expect(JSON.stringify(hideSecrets(value))).not.toContain('hush')
    }),
  )
})
