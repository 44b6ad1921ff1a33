import { describe, expect, test } from 'vitest'
import { type Block, countWords, parseArticle, type Span } from '../blog/article.ts'

function spansOf(text: string): readonly Span[] {
  const [block] = parseArticle(text)
  return block && 'spans' in block ? block.spans : []
}

describe('blocks', () => {
  test('are separated by blank lines', () => {
    expect(parseArticle('one\nline\n\n\ntwo\n').map((block: Block) => block.kind)).toEqual(['paragraph', 'paragraph'])
  })

  test('headings, quotes and lists', () => {
    expect(parseArticle('## Head\n\n> said\n> so\n\n- one\n- *two*')).toEqual([
      { kind: 'heading', spans: [{ kind: 'text', text: 'Head' }] },
      { kind: 'quote', spans: [{ kind: 'text', text: 'said\nso' }] },
      { kind: 'list', items: [[{ kind: 'text', text: 'one' }], [{ kind: 'emphasis', text: 'two' }]] },
    ])
  })

  test('code is kept to the letter, marks and blank lines included', () => {
    expect(parseArticle('```\na *b*\n\n  c\n```\n\nafter')).toEqual([
      { kind: 'code', text: 'a *b*\n\n  c' },
      { kind: 'paragraph', spans: [{ kind: 'text', text: 'after' }] },
    ])
  })
})

describe('spans', () => {
  test('emphasis, strong, code and links', () => {
    expect(spansOf('a *b* **c** `d*e*` [f](/g/)!')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'emphasis', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'd*e*' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'f', href: '/g/' },
      { kind: 'text', text: '!' },
    ])
  })

  test.each(['javascript:alert', 'data:text/html,x', '//elsewhere.example/', ' javascript:x', 'vbscript:x'])(
    'an address that could run or lead astray stays text: %s',
    (href) => {
      expect(spansOf(`[x](${href})`)).toEqual([{ kind: 'text', text: `[x](${href})` }])
    },
  )

  test('a mark without its partner stays as it is', () => {
    expect(spansOf('2 * 3, `x and [y](')).toEqual([{ kind: 'text', text: '2 * 3, `x and [y](' }])
  })
})

test('words are counted without code', () => {
  expect(countWords('one two\n\n```\nthree four\n```\n\nfive')).toBe(3)
})
