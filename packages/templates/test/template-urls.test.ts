import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createNunjucksEngine } from '../src/index.ts'
import { templateTree } from './template-tree.ts'

describe.for([true, false])('a template named by a URL (debug: %s)', (debug) => {
  function site(files: Readonly<Record<string, string>>) {
    const tree = templateTree(files)
    const engine = createNunjucksEngine({ dirs: [tree.path('project')], debug })
    return { engine, tree, url: (name: string) => pathToFileURL(tree.path(name)) }
  }

  test('is that file, wherever it is', async () => {
    const { engine, url } = site({ 'package/form.html': 'ours: {{ name }}' })
    for (const _ of [1, 2]) expect(await engine.render(url('package/form.html'), { name: '<' })).toBe('ours: &lt;')
    expect([engine.has(url('package/form.html')), engine.has(url('package/no.html'))]).toEqual([true, false])
  })

  test('comes after a name that the project has', async () => {
    const { engine, url, tree } = site({ 'project/blog/form.html': 'theirs', 'package/form.html': 'ours' })
    for (const _ of [1, 2]) {
      expect(await engine.render(['blog/form.html', url('package/form.html')])).toBe('theirs')
      expect(await engine.render(['blog/other.html', url('package/form.html')])).toBe('ours')
    }
    tree.write('project/blog/other.html', 'new')
    expect(await engine.render(['blog/other.html', url('package/form.html')])).toBe(debug ? 'new' : 'ours')
  })

  test('is extended, included and imported as a value', async () => {
    const { engine, url } = site({
      'project/page.html':
        '{% extends base %}{% block a %}{% include row %}{% include ["no.html", row] %}{% import macros as m %}{{ m.b("x") }}{% endblock %}',
      'package/base.html': '({% block a %}{% endblock %})',
      'package/row.html': 'row ',
      'package/macros.html': '{% macro b(text) %}[{{ text }}]{% endmacro %}',
    })
    const [base, row, macros] = ['base', 'row', 'macros'].map((name) => url(`package/${name}.html`))
    expect(await engine.render('page.html', { base, row, macros })).toBe('(row row [x])')
  })

  test('reaches the neighbours in its folder by relative names, and the project by others', async () => {
    const { engine, url } = site({
      'project/base.html': '<{% block a %}{% endblock %}>',
      'project/row.html': 'project row',
      'package/page.html': "{% extends 'base.html' %}{% block a %}{% include './parts/row.html' %}{% endblock %}",
      'package/parts/row.html': "{% include './cell.html' %}{% include 'row.html' %}",
      'package/parts/cell.html': 'cell, ',
    })
    expect(await engine.render(url('package/page.html'))).toBe('<cell, project row>')
  })

  test('reaches nothing outside its folder by a text', async () => {
    const { engine, url, tree } = site({
      'secret.txt': 'secret',
      'package/page.html': '{% include name %}',
      'package-2/x.html': 'secret',
    })
    await engine.render(url('secret.txt'))
    const names = ['../secret.txt', './../secret.txt', '../package-2/x.html', tree.path('secret.txt'), './\0']
    for (const name of [...names, url('secret.txt').href, 'secret.txt']) {
      const page = engine.render(url('package/page.html'), { name })
      await expect(page, name).rejects.toMatchObject({ code: 'template-does-not-exist' })
      await expect(engine.render(name), name).rejects.toMatchObject({ code: 'template-does-not-exist' })
    }
  })

  test('is seen to change in development', async () => {
    const { engine, url, tree } = site({ 'package/page.html': 'one' })
    expect(await engine.render(url('package/page.html'))).toBe('one')
    tree.write('package/page.html', 'second')
    expect(await engine.render(url('package/page.html'))).toBe(debug ? 'second' : 'one')
  })

  test('that is not there is told with its path, as are all that were tried', async () => {
    const { engine, url, tree } = site({ 'package/page.html': '{{ x() }}' })
    const error = await engine.render(['a.html', url('package/no.html')]).catch((thrown) => thrown)
    expect(error.code).toBe('template-does-not-exist')
    expect(error.names).toEqual(['a.html', tree.path('package/no.html')])
    expect(error.tried).toEqual([tree.path('project/a.html'), tree.path('package/no.html')])
  })

  test('that extends itself is an error', async () => {
    const { engine, url } = site({ 'package/page.html': "{% extends './page.html' %}" })
    await expect(engine.render(url('package/page.html'))).rejects.toMatchObject({ code: 'template-does-not-exist' })
  })

  test('of another scheme is an error that says so', async () => {
    const { engine } = site({})
    await expect(engine.render(new URL('https://example.com/x.html'))).rejects.toThrow(
      'a template cannot be read from https://example.com/x.html: only a file: URL names one',
    )
  })
})

test('what is wrong in it is reported with its path', async () => {
  const tree = templateTree({ 'page.html': '\n{{ missing }}' })
  const page = createNunjucksEngine({ debug: true }).render(pathToFileURL(tree.path('page.html')))
  await expect(page).rejects.toThrow(`${tree.path('page.html')}, line 2: 'missing' is undefined`)
})
