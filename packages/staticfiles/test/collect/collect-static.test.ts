import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { CommandError } from '@nuages/core'
import { afterEach, describe, expect, it } from 'vitest'
import { collectstatic } from '../../src/commands.ts'
import { collectStatic, StaticReferenceError, StaticRootError } from '../../src/index.ts'
import { makeProject, type StaticProject } from '../project.ts'
import { run } from '../run-command.ts'

let project: StaticProject
let root: string
afterEach(() => project.remove())

const plain = ['.well-known/security.txt', 'a b/é.txt', 'blog/blog.css', 'shop/app.js', 'site.css']

async function make(files: Readonly<Record<string, string | Uint8Array>> = {}, input = {}): Promise<void> {
  project = await makeProject({ staticRoot: 'out', ...input }, files)
  root = join(project.dir, 'out')
}

function listing(dir = root): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort()
}

const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const source = (path: string): string => join(project.dir, 'static', path)
const manifest = (): { paths: Record<string, string>; version: string; hash: string; integrity: object } =>
  JSON.parse(text('staticfiles.json'))
/** What stands under the hashed name of a path. */
const hashed = (path: string): string => text(manifest().paths[path]!)

describe('copying', () => {
  it('copies what would be served, once', async () => {
    await make()
    expect((await run(collectstatic)).out).toBe(`5 static files copied to ${root}, 0 unchanged, 5 hashed.\n`)
    expect(listing()).toEqual([...plain, ...Object.values(manifest().paths), 'staticfiles.json'].sort())
    expect(text('site.css')).toBe('body { color: project }')
    expect((await run(collectstatic)).out).toBe(`0 static files copied to ${root}, 5 unchanged.\n`)
    writeFileSync(source('site.css'), 'changed')
    expect((await run(collectstatic)).out).toBe(`1 static files copied to ${root}, 4 unchanged, 1 hashed.\n`)
  })

  it('keeps the time of change', async () => {
    await make()
    await run(collectstatic)
    for (const path of ['site.css', manifest().paths['site.css']!]) {
      const apart = statSync(join(root, path)).mtimeMs - statSync(source('site.css')).mtimeMs
      expect(Math.abs(apart)).toBeLessThan(1)
    }
  })

  it('only says so when told to', async () => {
    await make()
    const { out } = await run(collectstatic, {}, { 'dry-run': true })
    expect(out).toContain('Would copy site.css\n')
    expect(out).toMatch(/Would write site\.[0-9a-f]{12}\.css\n/)
    expect(out).toContain('5 static files to copy')
    expect(existsSync(root)).toBe(false)
    await run(collectstatic)
    const before = listing()
    await run(collectstatic, {}, { clear: true, 'dry-run': true })
    expect(listing()).toEqual(before)
  })

  it('clears when told to', async () => {
    await make()
    await run(collectstatic)
    rmSync(source('site.css'))
    rmSync(join(project.dir, 'blog/static/site.css'))
    await run(collectstatic)
    expect(listing().filter((path) => path.startsWith('site'))).toHaveLength(2)
    expect(Object.keys(manifest().paths)).not.toContain('site.css')
    mkdirSync(join(root, 'gone/deep'), { recursive: true })
    writeFileSync(join(root, 'gone/deep/old.css'), '')
    const before = statSync(join(root, 'blog/blog.css')).ino
    await run(collectstatic, {}, { clear: true })
    const { paths } = manifest()
    expect(listing()).toEqual([...Object.keys(paths), ...Object.values(paths), 'staticfiles.json'].sort())
    expect([existsSync(join(root, 'gone')), statSync(join(root, 'blog/blog.css')).ino === before]).toEqual([
      false,
      false,
    ])
    await run(collectstatic, {}, { clear: true, 'no-post-process': true })
    expect(listing()).toEqual(plain.filter((path) => path !== 'site.css'))
  })

  it('is never without what is served, while it clears', async () => {
    await make({ 'static/large.css': 'a { color: red }\n'.repeat(500) })
    await run(collectstatic)
    const before = listing()
    let isDone = false
    const collecting = run(collectstatic, {}, { clear: true }).finally(() => {
      isDone = true
    })
    const served = ['site.css', 'staticfiles.json', manifest().paths['large.css']!]
    for (; !isDone; await new Promise((resolve) => setImmediate(resolve))) {
      expect(served.filter((path) => !existsSync(join(root, path)))).toEqual([])
    }
    await collecting
    expect(listing()).toEqual(before)
  })

  it('leaves out what it is told to, and what editors leave', async () => {
    await make({ 'static/art/logo.psd': '', 'static/site.css~': '', 'static/CVS/Root': '', 'static/docs/a/b.md': '' })
    await run(collectstatic, {}, { ignore: ['*.psd', 'docs', 'shop/*'], 'no-post-process': true })
    expect(listing()).toEqual(plain.filter((path) => path !== 'shop/app.js'))
  })

  it('needs a folder of its own', async () => {
    await make({}, { staticRoot: undefined })
    await expect(run(collectstatic)).rejects.toThrow(CommandError)
    for (const staticRoot of ['.', '/', 'static', 'blog', 'static/out', 'blog/static/out/deep']) {
      await project.remove()
      await make({}, { staticRoot })
      await expect(run(collectstatic, {}, { clear: true })).rejects.toThrow(StaticRootError)
      expect(readdirSync(project.dir)).toContain('static')
    }
  })

  it('does not take a file for its manifest', async () => {
    await make({ 'static/staticfiles.json': '{}' })
    await expect(run(collectstatic)).rejects.toThrow(/staticfiles\.json' has the name of the manifest/)
  })
})

describe('names with hashes', () => {
  const site = {
    'static/css/main.css':
      '@import "base.css";\na { background: url(../img/a.png?v=1#x) }\nb { background: url(data:image/png;base64,AA==), url(https://example.com/x.png), url(#local) }',
    'static/css/base.css': "@font-face { src: url('/static/fonts/f.woff2') }\n/* url(gone.png) */",
    'static/img/a.png': 'picture',
    'static/fonts/f.woff2': 'font',
    'static/js/main.js':
      "import { a } from './lib/a.js'\nimport './side.mjs'\nexport * from \"./lib/a.js\"\nimport react from 'react'\n" +
      "const worker = new Worker(new URL('./worker.js', import.meta.url))\nconst late = () => import('./late.js')\n//# sourceMappingURL=main.js.map\n",
    'static/js/lib/a.js': 'export const a = 1',
    'static/js/side.mjs': '',
    'static/js/worker.js': 'postMessage(1)',
    'static/js/late.js': 'export {}',
    'static/js/main.js.map': '{}',
  }

  it('stand in style sheets', async () => {
    await make(site)
    await run(collectstatic)
    const { paths } = manifest()
    const name = (path: string): string => paths[path]!.split('/').at(-1)!
    expect(hashed('css/main.css')).toBe(
      `@import "${name('css/base.css')}";\na { background: url("../img/${name('img/a.png')}?v=1#x") }\n` +
        'b { background: url(data:image/png;base64,AA==), url(https://example.com/x.png), url(#local) }',
    )
    expect(hashed('css/base.css')).toBe(
      `@font-face { src: url("/static/fonts/${name('fonts/f.woff2')}") }\n/* url(gone.png) */`,
    )
    expect(text('css/main.css')).toBe(site['static/css/main.css'])
  })

  it('stand in scripts', async () => {
    await make(site)
    await run(collectstatic)
    const { paths } = manifest()
    const name = (path: string): string => paths[`js/${path}`]!.split('/').at(-1)!
    expect(hashed('js/main.js')).toBe(
      `import { a } from './lib/${name('lib/a.js')}'\nimport './${name('side.mjs')}'\nexport * from "./lib/${name('lib/a.js')}"\n` +
        `import react from 'react'\nconst worker = new Worker(new URL('./${name('worker.js')}', import.meta.url))\n` +
        `const late = () => import('./${name('late.js')}')\n//# sourceMappingURL=${name('main.js.map')}\n`,
    )
  })

  it('change with what a file refers to, however far away, and with nothing else', async () => {
    await make(site)
    await run(collectstatic)
    const before = manifest()
    writeFileSync(source('fonts/f.woff2'), 'another font')
    await run(collectstatic)
    const after = manifest()
    const changed = Object.keys(before.paths).filter((path) => before.paths[path] !== after.paths[path])
    expect(changed).toEqual(['css/base.css', 'css/main.css', 'fonts/f.woff2'])
    expect(after.hash).not.toBe(before.hash)
    // pages that are still open somewhere find the former files
    expect(Object.values(before.paths).filter((name) => !existsSync(join(root, name)))).toEqual([])
  })

  it('are the same wherever and whenever they are made', async () => {
    await make(site)
    await run(collectstatic)
    const first = text('staticfiles.json')
    await project.remove()
    await make(site)
    await run(collectstatic)
    expect(text('staticfiles.json')).toBe(first)
    expect(manifest().version).toBe('1.1')
    expect(manifest().paths['img/a.png']).toBe(`img/a.${hash('sha256', 'picture').slice(0, 12)}.png`)
  })

  it('are found for files that refer to each other in a circle', async () => {
    const circle = (text = ''): Record<string, string> => ({
      'static/a.js': `import './b.js'\nimport './outside.js'`,
      'static/b.js': `import './c.js'`,
      'static/c.js': `import './a.js'\n${text}`,
      'static/self.css': '@import "self.css";',
      'static/outside.js': '',
      'static/before.js': `import './a.js'`,
    })
    await make(circle())
    await run(collectstatic)
    const { paths } = manifest()
    expect(hashed('a.js')).toBe(`import './${paths['b.js']}'\nimport './${paths['outside.js']}'`)
    expect(hashed('c.js')).toBe(`import './${paths['a.js']}'\n`)
    expect(hashed('self.css')).toBe(`@import "${paths['self.css']}";`)
    await project.remove()
    await make(circle('// changed'))
    await run(collectstatic)
    const changed = Object.keys(paths).filter((path) => paths[path] !== manifest().paths[path])
    expect(changed).toEqual(['a.js', 'b.js', 'before.js', 'c.js'])
  })

  it('are not given to what leads nowhere: file and line are told, all at once', async () => {
    const broken = {
      'static/css/main.css': 'a {}\nb { background: url(gone.png) }\n@import "../no.css";',
      'static/js/main.js': "\n\nimport './gone.js'",
    }
    await make(broken)
    const error = await run(collectstatic).catch((thrown: unknown) => thrown as StaticReferenceError)
    expect(error).toBeInstanceOf(StaticReferenceError)
    expect((error as Error).message).toBe(
      'Static files refer to files that are not there:' +
        `\n  ${source('css/main.css')}:2: url() of 'gone.png', and there is no static file 'css/gone.png'.` +
        `\n  ${source('css/main.css')}:3: @import of '../no.css', and there is no static file 'no.css'.` +
        `\n  ${source('js/main.js')}:3: import of './gone.js', and there is no static file 'js/gone.js'.`,
    )
    expect(existsSync(root)).toBe(false)
    await project.remove()
    await make(broken, { staticfiles: { strictReferences: false } })
    const { err } = await run(collectstatic)
    expect(err.split('\n')).toHaveLength(4)
    expect(hashed('css/main.css')).toBe(broken['static/css/main.css'])
  })

  it('are not refused for a source map that was not shipped, nor for what is no script', async () => {
    await make({
      'static/a.js': 'a()\n//# sourceMappingURL=a.js.map',
      'static/b.js': '}{',
      'static/bin.css': new Uint8Array([0xff, 0xfe, 0]),
    })
    const { err } = await run(collectstatic)
    expect(err).toContain("a.js:2: sourceMappingURL of 'a.js.map'")
    expect(err).toContain('b.js was not looked into')
    expect(readFileSync(join(root, manifest().paths['bin.css']!))).toEqual(Buffer.from([0xff, 0xfe, 0]))
  })

  it('stand in texts of older encodings without harm to the rest', async () => {
    const latin = Buffer.from('/* caf\xe9 */ a { background: url(a.png) }', 'latin1')
    await make({ 'static/old.css': latin, 'static/a.png': '' })
    await run(collectstatic)
    const name = manifest().paths['a.png']!
    expect(readFileSync(join(root, manifest().paths['old.css']!)).toString('latin1')).toBe(
      `/* caf\xe9 */ a { background: url("${name}") }`,
    )
  })

  it('follow a static URL on another server', async () => {
    await make(
      {
        'static/a.css': 'a { background: url(https://cdn.example.com/s/b.png), url(/static/b.png), url(b.png) }',
        'static/b.png': '',
      },
      { staticUrl: 'https://cdn.example.com/s/' },
    )
    await run(collectstatic)
    const name = manifest().paths['b.png']!
    expect(hashed('a.css')).toBe(
      `a { background: url("https://cdn.example.com/s/${name}"), url(/static/b.png), url("${name}") }`,
    )
  })

  it('are not made where nobody wants them', async () => {
    await make({}, { staticfiles: { manifest: false } })
    await run(collectstatic)
    expect(listing()).toEqual(plain)
    await project.remove()
    await make()
    await run(collectstatic, {}, { 'no-post-process': true })
    expect(listing()).toEqual(plain)
  })
})

describe('compressed files', () => {
  const large = { 'static/large.css': 'a { color: red }\n'.repeat(500), 'static/large.png': 'x'.repeat(5000) }

  it('lie beside what they make smaller', async () => {
    await make(large)
    expect((await run(collectstatic)).out).toContain(', 6 compressed.')
    for (const path of ['large.css', manifest().paths['large.css']!]) {
      const file = (extension: string): Buffer => readFileSync(join(root, path + extension))
      expect(gunzipSync(file('.gz')).toString()).toBe(large['static/large.css'])
      expect(brotliDecompressSync(file('.br')).toString()).toBe(large['static/large.css'])
      expect(zstdDecompressSync(file('.zst')).toString()).toBe(large['static/large.css'])
    }
    expect(listing().filter((path) => /(site|png).*\.(gz|br|zst)$/.test(path))).toEqual([])
  })

  it('are made once, and anew when the file changes', async () => {
    await make(large)
    await run(collectstatic)
    expect((await run(collectstatic)).out).not.toContain('compressed')
    writeFileSync(source('large.css'), 'b { color: red }\n'.repeat(500))
    expect((await run(collectstatic)).out).toContain(', 6 compressed.')
    expect(gunzipSync(readFileSync(join(root, 'large.css.gz'))).toString()).toMatch(/^b/)
  })

  it('do not outlive their file: a server would go on to send them', async () => {
    await make(large)
    await run(collectstatic)
    writeFileSync(source('large.css'), 'b { color: red }\n'.repeat(500))
    await run(collectstatic, {}, { 'no-compress': true })
    expect(listing().filter((path) => path.startsWith('large.css'))).toEqual(['large.css'])
  })

  it('have the same bytes each time', async () => {
    const bytes: string[] = []
    for (const run_ of [1, 2]) {
      await make(large)
      await run(collectstatic)
      bytes.push(
        listing()
          .filter((path) => /\.(gz|br|zst)$/.test(path))
          .map((path) => hash('md5', readFileSync(join(root, path))))
          .join(),
      )
      if (run_ === 1) await project.remove()
    }
    expect(bytes[1]).toBe(bytes[0])
  })

  it('are those of the project where it has its own, and no others than the settings say', async () => {
    await make({ ...large, 'static/large.css.gz': 'mine' }, { staticfiles: { precompress: ['gzip'] } })
    await run(collectstatic)
    expect(text('large.css.gz')).toBe('mine')
    expect(listing().filter((path) => /\.(br|zst)$/.test(path))).toEqual([])
  })
})

describe('a run that was killed', () => {
  it('is completed by the next', async () => {
    await make({ 'static/large.css': 'a { color: red }\n'.repeat(500) })
    await run(collectstatic)
    const whole = listing().map((path) => [path, hash('md5', readFileSync(join(root, path)))])
    const name = manifest().paths['large.css']!
    rmSync(join(root, 'staticfiles.json'))
    rmSync(join(root, 'site.css'))
    truncateSync(join(root, 'large.css'), 10)
    truncateSync(join(root, name), 10)
    truncateSync(join(root, `${name}.gz`), 0)
    writeFileSync(join(root, '.0000.collecting'), 'half')
    utimesSync(join(root, '.0000.collecting'), 0, 0)
    await run(collectstatic)
    expect(listing().map((path) => [path, hash('md5', readFileSync(join(root, path)))])).toEqual(whole)
  })

  it('leaves no half file and no new manifest', async () => {
    await make({ 'static/main.js': "import './a.js'", 'static/a.js': 'x'.repeat(200_000) })
    const code = `
      import { mkdirSync } from 'node:fs'
      const { copyWhole, writeWhole } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/collect/write-whole.ts'))})
      mkdirSync(${JSON.stringify(root)})
      await copyWhole(${JSON.stringify(source('a.js'))}, ${JSON.stringify(join(root, 'a.js'))}, 0)
      await writeWhole(${JSON.stringify(join(root, 'main.js'))}, () => process.kill(process.pid, 'SIGKILL') && new Promise(() => setTimeout(() => {}, 1e6)))`
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', code], { stdio: 'pipe' })).toThrow()
    expect(listing().filter((path) => !path.startsWith('.'))).toEqual(['a.js'])
    await run(collectstatic)
    expect(hashed('main.js')).toBe(`import './${manifest().paths['a.js']}'`)
  })

  it('two at once end as one', async () => {
    await make({ 'static/large.css': 'a { color: red }\n'.repeat(500) })
    await Promise.all([collectStatic(root), collectStatic(root)])
    const both = listing().map((path) => [path, hash('md5', readFileSync(join(root, path)))])
    await run(collectstatic, {}, { clear: true })
    expect(listing().map((path) => [path, hash('md5', readFileSync(join(root, path)))])).toEqual(both)
  })
})
