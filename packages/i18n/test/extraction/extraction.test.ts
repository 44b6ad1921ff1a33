import { describe, expect, test } from 'vitest'
import { sourceMessages, templateMessages } from '../../src/index.ts'

describe('messages of a source', () => {
  test.each([
    ["gettext('Save')", [{ message: 'Save', line: 1 }]],
    ['x\n  gettext(\n    "It\'s \\"so\\"\\n",\n  )', [{ message: 'It\'s "so"\n', line: 2 }]],
    ["gettext('a ' +\n 'b' + `c`, { d })", [{ message: 'a bc', line: 1 }]],
    [
      "pgettext('month', 'May') + gettextLazy('x\\u00e9')",
      [
        { context: 'month', message: 'May', line: 1 },
        { message: 'xé', line: 1 },
      ],
    ],
    ["ngettext('{count} file', '{count} files', n)", [{ message: '{count} file', plural: '{count} files', line: 1 }]],
    ["npgettext('disk', 'a', 'b', n)", [{ context: 'disk', message: 'a', plural: 'b', line: 1 }]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source that is read
    ['gettext(variable) + gettext(`a ${b}`) + mygettext("x") + a.gettext("y") + gettext("a" + b)', []],
    [" * gettext('an example')\n// gettext('another')\nf() // gettext('a third')", []],
  ])('%s', (source, messages) => {
    expect(sourceMessages(source)).toEqual(messages)
  })
})

describe('messages of a template', () => {
  test.each([
    ['{% trans "Save" %}', [{ message: 'Save', line: 1 }]],
    ["\n{%- translate 'It\\'s 100 %} sure' as x -%}", [{ message: "It's 100 %} sure", line: 2 }]],
    ['{% trans "May" context "month" %}', [{ message: 'May', context: 'month', line: 1 }]],
    ['{% blocktrans with a=b.c %}Hi <b>{{ a }}</b>{% endblocktrans %}', [{ message: 'Hi <b>{a}</b>', line: 1 }]],
    [
      '{% blocktrans count n=x | length context "disk" %}{{ n }} file{% plural %}{{ n }} files{% endblocktrans %}',
      [{ message: '{n} file', plural: '{n} files', context: 'disk', line: 1 }],
    ],
    ['{% blocktrans trimmed %}\n  One\n  two\n{% endblocktrans %}', [{ message: 'One two', line: 1 }]],
    [
      "{{ _('Yes') }}{% if x == _('No') %}{% endif %}",
      [
        { message: 'Yes', line: 1 },
        { message: 'No', line: 1 },
      ],
    ],
    ['{# {% trans "hidden" %} #}{% trans variable %}{{ x_(1) }}', []],
  ])('%s', (source, messages) => {
    expect(templateMessages(source)).toEqual(messages)
  })
})
