import { templateEngine } from '@nuages/core'
import { withScriptPrefix } from '@nuages/urls'
import { afterEach, describe, expect, it } from 'vitest'
import { StaticPathError, staticUrl } from '../src/index.ts'
import { makeProject, type StaticProject } from './project.ts'

let project: StaticProject
afterEach(() => project.remove())

describe('staticUrl', () => {
  it('escapes the path', async () => {
    project = await makeProject()
    expect(staticUrl('blog/a b?é.css')).toBe('/static/blog/a%20b%3F%C3%A9.css')
  })

  it('follows staticUrl to another server', async () => {
    project = await makeProject({ staticUrl: 'https://cdn.example.com/x/' })
    expect(staticUrl('a.css')).toBe('https://cdn.example.com/x/a.css')
    expect(withScriptPrefix('/shop', () => staticUrl('a.css'))).toBe('https://cdn.example.com/x/a.css')
  })

  it('stays below where the application is mounted', async () => {
    project = await makeProject()
    expect(withScriptPrefix('/shop', () => staticUrl('a.css'))).toBe('/shop/static/a.css')
  })

  it.each(['', '/site.css', undefined])('refuses %j', async (path) => {
    project = await makeProject()
    expect(() => staticUrl(path as string)).toThrow(StaticPathError)
  })
})

describe('in templates', () => {
  it('there is a tag and a function', async () => {
    project = await makeProject()
    const render = (source: string): Promise<string> => templateEngine().renderString(source, { file: "o'clock.css" })
    expect(await render("{% static 'site.css' %}")).toBe('/static/site.css')
    expect(await render('{% static file %}')).toBe('/static/o&#x27;clock.css')
    expect(await render("{{ static('site.css') }}#top")).toBe('/static/site.css#top')
  })
})
