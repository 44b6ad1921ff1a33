import { defineSettings, resetSetup, setup, templateEngine } from '@nuages/core'
import { withScriptPrefix } from '@nuages/urls'
import { afterEach, describe, expect, it } from 'vitest'
import { checkManifest, StaticManifestError, StaticPathError, staticIntegrity, staticUrl } from '../src/index.ts'
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

describe('with a manifest', () => {
  const production = { debug: false, staticRoot: 'out' }
  const name = 'site.0123456789ab.css'
  const manifest = (paths: object): Record<string, string> => ({
    'out/staticfiles.json': JSON.stringify({ version: '1.1', paths, integrity: { [name]: 'sha384-abc' } }),
  })
  const collected = manifest({ 'site.css': name })

  it('names have their hashes while debug is off', async () => {
    project = await makeProject(production, collected)
    expect(staticUrl('site.css')).toBe(`/static/${name}`)
    expect(await templateEngine().renderString("{% static 'site.css' %}")).toBe(`/static/${name}`)
    expect(staticUrl('blog/')).toBe('/static/blog/')
    await project.remove()
    project = await makeProject({ ...production, debug: true }, collected)
    expect(staticUrl('site.css')).toBe('/static/site.css')
    await project.remove()
    project = await makeProject({ ...production, staticfiles: { manifest: false } }, collected)
    expect(staticUrl('site.css')).toBe('/static/site.css')
    await project.remove()
    project = await makeProject(production)
    expect(staticUrl('site.css')).toBe('/static/site.css')
  })

  it('what is not in it is an error that names it, unless told otherwise', async () => {
    project = await makeProject(production, collected)
    expect(() => staticUrl('sites.css')).toThrow(StaticManifestError)
    expect(() => staticUrl('sites.css')).toThrow(
      `The static file 'sites.css' is not in '${project.dir}/out/staticfiles.json'. Did you mean 'site.css'?`,
    )
    expect(() => staticUrl('constructor')).toThrow(StaticManifestError)
    await project.remove()
    project = await makeProject({ ...production, staticfiles: { manifestStrict: false } }, collected)
    expect(staticUrl('sites.css')).toBe('/static/sites.css')
  })

  it('it has to be there where the settings say so, and whole in any case', async () => {
    project = await makeProject({ ...production, staticfiles: { manifest: true } })
    expect(() => staticUrl('site.css')).toThrow(/manifest is true, and there is no '.*out\/staticfiles.json'/)
    expect(checkManifest().map(({ id }) => id)).toEqual(['staticfiles.E902'])
    await project.remove()
    project = await makeProject(production, { 'out/staticfiles.json': '{"paths":' })
    expect(() => staticUrl('site.css')).toThrow(/cannot be read as a manifest/)
    await project.remove()
    project = await makeProject(production)
    expect(checkManifest().map(({ id }) => id)).toEqual(['staticfiles.W900'])
    await project.remove()
    project = await makeProject(production, collected)
    expect(checkManifest()).toEqual([])
  })

  it("Django's own is read", async () => {
    const paths = { 'admin/css/base.css': 'admin/css/base.27c1d5e6d3a8.css' }
    project = await makeProject(production, {
      'out/staticfiles.json': JSON.stringify({ paths, version: '1.1', hash: 'd41d8cd98f00' }),
    })
    expect(staticUrl('admin/css/base.css')).toBe('/static/admin/css/base.27c1d5e6d3a8.css')
    expect(staticIntegrity('admin/css/base.css')).toBeUndefined()
  })

  it('a page can insist on the content', async () => {
    const render = (): Promise<string> =>
      templateEngine().renderString("<script {% static_integrity 'site.css' %}>{{ static_integrity('site.css') }}")
    project = await makeProject(production, collected)
    expect(await render()).toBe('<script integrity="sha384-abc">sha384-abc')
    await project.remove()
    project = await makeProject({ ...production, staticUrl: 'https://cdn.example.com/' }, collected)
    expect(await render()).toBe('<script integrity="sha384-abc" crossorigin="anonymous">sha384-abc')
    await project.remove()
    project = await makeProject()
    expect(await render()).toBe('<script >')
  })
})

it('works where the app is not installed, and another server has the files', async () => {
  project = await makeProject()
  await resetSetup()
  await setup(defineSettings({ baseDir: project.dir, debug: true, staticUrl: 'https://cdn.example.com/' }))
  expect(staticUrl('site.css')).toBe('https://cdn.example.com/site.css')
})
