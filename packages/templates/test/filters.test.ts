import { withTimeZone } from '@nuages/i18n'
import { describe, expect, test } from 'vitest'
import { createNunjucksEngine, markSafe } from '../src/index.ts'

const engine = createNunjucksEngine({ debug: true })
const nbsp = '\u00a0'

/** What the page shows for `{{ v | … }}`. */
function filtered(value: unknown, filter: string): Promise<string> {
  return engine.renderString(`{{ v | ${filter} }}`, { v: value })
}

describe('text', () => {
  test.for([
    ['a\'b"', 'addslashes | safe', 'a\\\'b\\"'],
    ['élan vital', 'capfirst', 'Élan vital'],
    ['a b c', "cut(' ')", 'abc'],
    ['a-b-c', "replace('-', '+')", 'a+b+c'],
    ['a-b-c', "replace('-', '+', 1)", 'a+b-c'],
    ['a1b22', "replace(r/[0-9]+/g, '#')", 'a#b#'],
    ['Joël is a <slug>', 'slugify', 'joel-is-a-slug'],
    [7, "stringformat('03d')", '007'],
    [2.71959, "stringformat('+.2f')", '+2.72'],
    [255, "stringformat('X')", 'FF'],
    [12345.678, "stringformat('.1e')", '1.2e+04'],
    ['ab', "stringformat('-4s') ~ '|'", 'ab  |'],
    ['x', "stringformat('d')", ''],
    ['Joel is a slug', 'truncatechars(7)', 'Joel i…'],
    ['Joel', 'truncatechars(4)', 'Joel'],
    ['👨‍👩‍👧a👍🏽b', 'truncatechars(3)', '👨‍👩‍👧a…'],
    ['abc', 'truncatechars(0)', '…'],
    ['Joel  is a\nslug', 'truncatewords(2)', 'Joel is …'],
    ['Joel is', 'truncatewords(2)', 'Joel is'],
    ['one two three', 'wordcount', '3'],
    ['', 'wordcount', '0'],
    ['Joel is a slug', 'wordwrap(5)', 'Joel\nis a\nslug'],
    [null, 'truncatewords(3)', ''],
    ['my first post', 'title', 'My First Post'],
  ] as const)('%s | %s', async ([value, filter, shown]) => {
    expect(await filtered(value, filter)).toBe(shown)
  })
})

describe('HTML', () => {
  test.for([
    ['Joel\nis a\r\n\r\n<slug>', 'linebreaks', '<p>Joel<br>is a</p>\n\n<p>&lt;slug&gt;</p>'],
    ['a\n<b>', 'linebreaksbr', 'a<br>&lt;b&gt;'],
    [markSafe('a\n<b>'), 'linebreaksbr', 'a<br><b>'],
    ['<b>Joel</b> <!-- x --><span>is</span>', 'striptags', 'Joel is'],
    [markSafe('<scr<b>ipt>alert(1)</script>'), 'striptags', 'alert(1)'],
    ['1 < 2 <b', 'striptags', '1 &lt; 2 &lt;b'],
    [
      "</script>&'",
      "json_script('it\"s')",
      '<script id="it&quot;s" type="application/json">"\\u003C/script\\u003E\\u0026\'"</script>',
    ],
    [{ a: [1, null] }, 'json_script', '<script type="application/json">{"a":[1,null]}</script>'],
    ['</script>\'"\n', 'escapejs', '\\u003C/script\\u003E\\u0027\\u0022\\u000A'],
    ['<', 'escape | escape', '&lt;'],
    [markSafe('&lt;'), 'force_escape', '&amp;lt;'],
    [markSafe('<p>one <b>two three</b> four</p>'), 'truncatewords_html(2)', '<p>one <b>two …</b></p>'],
    [markSafe('<p>one<br>two</p>'), 'truncatewords_html(2)', '<p>one<br>two</p>'],
    [
      markSafe('<p>one <!-- not these words --> two <!-- nor these'),
      'truncatewords_html(2)',
      '<p>one <!-- not these words --> two <!-- nor these',
    ],
    ['<p>one two</p>', 'truncatewords_html(1)', '&lt;p&gt;one …&lt;/p&gt;'],
    [markSafe('<b>x</b>'), 'truncatechars(9)', '<b>x</b>'],
    [markSafe('a-b'), "replace('-', '<i>')", 'a&lt;i&gt;b'],
    [markSafe('&lt;'), "cut('t')", '&l;'],
    [markSafe('&amp;lt;'), "cut('amp;')", '&amp;lt;'],
    [['<', markSafe('<b>')], "join('&')", '&lt;&amp;<b>'],
    [['<', 'a'], "join('<br>' | safe)", '&lt;<br>a'],
    [['<', 'a'], "join(' & ')", '&lt; &amp; a'],
  ] as const)('%s | %s', async ([value, filter, shown]) => {
    expect(await filtered(value, filter)).toBe(shown)
  })
})

test('text made to keep a filter busy is done with', async () => {
  const many = 30_000
  const bombs = [
    '<!--'.repeat(many),
    '<b'.repeat(many) + '>'.repeat(many),
    '<a "'.repeat(many),
    `@${'!'.repeat(many)}a.`,
    `www.x${')'.repeat(many)}`,
  ]
  for (const value of bombs) {
    expect(await filtered(value, 'striptags')).not.toContain('<')
    expect(await filtered(value, 'urlize')).not.toContain('<')
  }
})

// With time that grows with the square of the text, these would take many minutes.
test('long texts full of beginnings are read in one go', async () => {
  const words = `${'('.repeat(1000)}${'.'.repeat(1000)}x `.repeat(400)
  expect(await filtered(words, 'urlize')).toBe(words)
  const comments = markSafe(`one ${'<!--'.repeat(500_000)}`)
  expect(await filtered(comments, 'truncatewords_html(2)')).toBe(comments.toString())
})

describe('urlize', () => {
  test.for([
    ['([x.com].):', '([<a href="https://x.com" rel="nofollow">x.com</a>].):'],
    ['x.com)]', '<a href="https://x.com" rel="nofollow">x.com</a>)]'],
    ['((.)', '((.)'],
    [
      'see https://x.org/a?b=1&c=2.',
      'see <a href="https://x.org/a?b=1&amp;c=2" rel="nofollow">https://x.org/a?b=1&amp;c=2</a>.',
    ],
    [
      '(www.x.org), x.com!',
      '(<a href="https://www.x.org" rel="nofollow">www.x.org</a>), <a href="https://x.com" rel="nofollow">x.com</a>!',
    ],
    ['http://x.org/a_(b)', '<a href="http://x.org/a_(b)" rel="nofollow">http://x.org/a_(b)</a>'],
    ['mail me@x.org', 'mail <a href="mailto:me@x.org">me@x.org</a>'],
    [
      '<script>https://x.org/"onclick=alert(1)</script>',
      '&lt;script&gt;<a href="https://x.org/" rel="nofollow">https://x.org/</a>&quot;onclick=alert(1)&lt;/script&gt;',
    ],
    ['javascript:alert(1).com', 'javascript:alert(1).com'],
    ['https://x.org/ü%20', '<a href="https://x.org/%C3%BC%20" rel="nofollow">https://x.org/ü%20</a>'],
    ['a.b @ . 3.5', 'a.b @ . 3.5'],
  ])('%s', async ([text, shown]) => {
    expect(await filtered(text, 'urlize')).toBe(shown)
  })

  test('of safe HTML, and with a limit', async () => {
    expect(await filtered(markSafe('<i>https://x.org/?a&amp;b</i>'), 'urlize')).toBe(
      '<i><a href="https://x.org/?a&amp;b" rel="nofollow">https://x.org/?a&amp;b</a></i>',
    )
    expect(await filtered('https://example.org/', 'urlizetrunc(12)')).toBe(
      '<a href="https://example.org/" rel="nofollow">https://exa…</a>',
    )
  })
})

describe('numbers', () => {
  test.for([
    [34.23234, 'floatformat', '34.2'],
    [34.0, 'floatformat', '34'],
    [34.26, 'floatformat', '34.3'],
    [34.0, 'floatformat(3)', '34.000'],
    [34.00001, 'floatformat(-3)', '34.000'],
    [39.56, 'floatformat(0)', '40'],
    [2.675, 'floatformat(2)', '2.68'],
    ['x', 'floatformat', ''],
    [34232.34, "floatformat('2g')", '34,232.34'],
    [34232.006, "floatformat('-1g')", '34,232.0'],
    [null, 'floatformat', ''],
    [4500000, 'intcomma', '4,500,000'],
    ['4500.2', 'intcomma', '4,500.2'],
    ['many', 'intcomma', 'many'],
    [12345678901234567890n, 'intcomma', '12,345,678,901,234,567,890'],
    [0, 'filesizeformat', `0${nbsp}bytes`],
    [1, 'filesizeformat', `1${nbsp}byte`],
    [1024, 'filesizeformat', `1.0${nbsp}KB`],
    [123456789, 'filesizeformat', `117.7${nbsp}MB`],
    [-5000, 'filesizeformat', `-4.9${nbsp}KB`],
    ['x', 'filesizeformat', `0${nbsp}bytes`],
    [1, 'pluralize', ''],
    [2, 'pluralize', 's'],
    [0, 'pluralize', 's'],
    [['a'], 'pluralize', ''],
    [2, "pluralize('es')", 'es'],
    [1, "pluralize('y,ies')", 'y'],
    [2, "pluralize('y,ies')", 'ies'],
    ['1', 'pluralize', ''],
    [2, "pluralize('a,b,c')", ''],
    [21, 'divisibleby(7)', 'true'],
    [4, 'add(2)', '6'],
    ['a', "add('b')", 'ab'],
    [[1], 'add([2])', '1,2'],
    [22, 'ordinal', '22nd'],
  ] as const)('%s | %s', async ([value, filter, shown]) => {
    expect(await filtered(value, filter)).toBe(shown)
  })
})

describe('dates', () => {
  const instant = Temporal.Instant.from('2026-11-05T23:30:00Z')

  test.for([
    [instant, "date('j F Y H:i')", '6 November 2026 00:30'],
    [instant, 'date', 'Nov. 6, 2026'],
    [instant, "date('SHORT_DATETIME_FORMAT')", '11/06/2026 12:30 a.m.'],
    [instant, 'time', '12:30 a.m.'],
    [instant, "time('H:i')", '00:30'],
    [new Date('2026-11-05T23:30:00Z'), "date('Y-m-d')", '2026-11-06'],
    [Temporal.PlainDate.from('2026-11-05'), "date('D j M')", 'Thu 5 Nov'],
    [Temporal.PlainTime.from('08:05'), "time('G:i')", '8:05'],
    [null, "date('Y')", ''],
    [undefined, 'timesince', ''],
    [Temporal.PlainDate.from('2026-11-05'), 'timesince(v)', `0${nbsp}minutes`],
  ] as const)('%s | %s', async ([value, filter, shown]) => {
    expect(await withTimeZone('Europe/Berlin', () => filtered(value, filter))).toBe(shown)
  })

  test('as they are printed, and the time between two', async () => {
    const context = { then: instant, later: instant.add({ hours: 50 }) }
    expect(await engine.renderString('{{ then }}', context)).toBe('Nov. 5, 2026, 11:30 p.m.')
    expect(await engine.renderString('{{ then | timesince(later) }}|{{ later | timeuntil(then) }}', context)).toBe(
      `2${nbsp}days, 2${nbsp}hours|2${nbsp}days, 2${nbsp}hours`,
    )
    expect(await engine.renderString("{% now 'Y' %}{% now 'Y' as year %}[{{ year | length }}]")).toMatch(/^\d{4}\[4\]$/)
  })
})

describe('lists and choices', () => {
  const rows = [
    { n: 'b', k: 2 },
    { n: 'a', k: 10 },
    { n: 'C', k: 2 },
  ]

  test.for([
    [rows, "dictsort('n') | join('', 'n')", 'Cab'],
    [rows, "dictsortreversed('k') | join('', 'n')", 'abC'],
    [rows, "sort(attribute='n') | join('', 'n')", 'abC'],
    [rows, "sort(true, false, 'k') | join(' ', 'k')", '10 2 2'],
    [{ b: 1, a: 2 }, 'dictsort', 'a,2,b,1'],
    [{ b: 1, a: 2 }, "dictsort('value')", 'b,1,a,2'],
    [rows, "sum('k')", '14'],
    [rows, "selectattr('n') | length", '3'],
    [[{ a: [] }, { a: [1] }], "rejectattr('a') | length", '1'],
    [new Set([5, 6]), 'first', '5'],
    [new Set([5, 6]), 'last', '6'],
    [new Set([5, 6]), 'length', '2'],
    [new Map([['a', 1]]), 'length', '1'],
    [{ a: 1, b: 2 }, 'length', '2'],
    ['héé', 'length', '3'],
    [null, 'length', '0'],
    [[], 'first', ''],
    [[1, 2, 3, 4], "slice(':2')", '1,2'],
    [[1, 2, 3, 4], "slice('-1:')", '4'],
    ['abcd', "slice('1:3')", 'bc'],
    [[1, 2, 3], "slice(2) | join('|')", '1,2|3'],
    [true, "yesno('a,b')", 'a'],
    [[], 'yesno', 'no'],
    [null, 'yesno', 'maybe'],
    [null, "yesno('a,b')", 'b'],
    [null, "default('x')", 'x'],
    ['', "default('x')", ''],
    ['', "default('x', true)", 'x'],
    [0, "default_if_none('x')", '0'],
    ['/a b?c&d', 'urlencode', '/a%20b%3Fc%26d'],
    ['/a', "urlencode('')", '%2Fa'],
    [{ q: 'a b&' }, 'urlencode', 'q=a%20b%26'],
  ] as const)('%o | %s', async ([value, filter, shown]) => {
    expect(await filtered(value, filter)).toBe(shown.replaceAll('&', '&amp;'))
  })

  test('groups are kept in the order in which they appear, with keys as they are', async () => {
    const posts = [2026, 2025, 2026].map((year) => ({ year }))
    const source = "{% for year, group in posts | groupby('year') %}{{ year + 0 }}:{{ group | length }} {% endfor %}"
    expect(await engine.renderString(source, { posts })).toBe('2026:2 2025:1 ')
  })
})
