import { beforeEach, describe, expect, test } from 'vitest'
import { createNunjucksEngine, type TemplateBlockTag } from '../src/index.ts'

describe('a tag with a body', () => {
  let kept: string[]
  let asked: unknown[]
  let answer: TemplateBlockTag
  const engine = createNunjucksEngine({
    debug: true,
    libraries: [
      {
        blockTags: {
          box: (context, args, named) => {
            asked.push([args, named, context['name']])
            return answer(context, args, named)
          },
        },
      },
    ],
  })

  beforeEach(() => {
    kept = []
    asked = []
    answer = () => ({ keep: (html) => void kept.push(html) })
  })

  test('prints its body, and is given what that printed', async () => {
    const source = "a{% box 'x' 1 color='red' %}<b>{{ name }}</b>{% endbox %}c"
    expect(await engine.renderString(source, { name: '<ann>' })).toBe('a<b>&lt;ann&gt;</b>c')
    expect(asked).toEqual([[['x', 1], { color: 'red' }, '<ann>']])
    expect(kept).toEqual(['<b>&lt;ann&gt;</b>'])
  })

  test('prints something else, and its body is not even read', async () => {
    answer = async () => ({ html: '<i>kept</i>' })
    // While `debug` is on, to read what is not there is an error.
    expect(await engine.renderString('{% if true %}{% box %}{{ name.length }}{% endbox %}{% endif %}', {})).toBe(
      '<i>kept</i>',
    )
    expect(kept).toEqual([])
  })

  test('is given its body once, when all that the page reads is loaded, and the page waits for it', async () => {
    let finished = false
    answer = async () => ({
      keep: async (html) => {
        await new Promise((resolve) => setImmediate(resolve))
        kept.push(html)
        finished = true
      },
    })
    const context = {
      name: 'x',
      first: Promise.resolve('1'),
      late: Promise.resolve({ deep: Promise.resolve('2') }),
      last: Promise.resolve('3'),
    }
    const source = '{% box first %}{{ first }}{{ late.deep }}{% endbox %}{{ last }}'
    expect(await engine.renderString(source, context)).toBe('123')
    expect(finished).toBe(true)
    expect(kept).toEqual(['12'])
    expect(asked).toEqual([[['1'], {}, 'x']])
  })

  test('in loops, in one another, with variables of its own', async () => {
    const source =
      "{% for n in [1, 2] %}{% box n %}{% set twice = n * 2 %}{{ twice }}{% box 'inner' %}{{ loop.index }}{{ n }}{% endbox %}{% endbox %};{% endfor %}"
    expect(await engine.renderString(source, { name: '' })).toBe('211;422;')
    expect(kept).toEqual(['11', '211', '22', '422'])
  })

  test('an error of what keeps is the error of the page', async () => {
    answer = () => ({
      keep: () => {
        throw new Error('no room')
      },
    })
    await expect(engine.renderString('{% box %}x{% endbox %}', { name: '' })).rejects.toThrow('no room')
  })

  test.for([
    ['{% box %}x', 'endbox'],
    ['{% box as b %}x{% endbox %}', "the tag 'box' prints its body; it takes no 'as'"],
    ['{% box 1 * 2 %}x{% endbox %}', "'box'"],
    ['x{% endbox %}', 'endbox'],
  ])('%s is no template', async ([source, message]) => {
    await expect(engine.renderString(source!, { name: '' })).rejects.toThrow(message)
  })
})
