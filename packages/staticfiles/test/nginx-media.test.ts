import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../../docs/deployment/nginx.md'), 'utf8')
const nginx = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  .map((folder) => join(folder, 'nginx'))
  .find((path) => existsSync(path))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The two blocks that the page has for uploaded files, for a site in `folder`. */
function configuration(folder: string, port: number): string {
  const [map, location] = [...page.slice(page.indexOf('\n## Uploaded files')).matchAll(/```nginx\n([\s\S]*?)```/g)].map(
    ([, block]) => block!.replaceAll('/srv/mysite', folder),
  )
  const types = 'text/html html; image/png png; image/svg+xml svg; text/javascript js; text/css css; text/plain txt;'
  return `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
http {
  types { ${types} }
  default_type application/octet-stream; access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  ${map}
  server { listen 127.0.0.1:${port}; ${location} location / { return 418; } }
}`
}

describe.skipIf(nginx === undefined)('uploaded files from nginx, set up as docs/deployment/nginx.md says', () => {
  let folder: string
  let proxy: ChildProcess
  let base: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nuages-media-'))
    mkdirSync(join(folder, 'media/covers'), { recursive: true })
    for (const name of ['covers/a.png', 'a.html', 'a.svg', 'a.js', 'a.css', 'a.PNG', 'a.png.html', 'a', '.a.part']) {
      writeFileSync(join(folder, 'media', name), 'content')
    }
    writeFileSync(join(folder, 'secret.png'), 'secret')
    symlinkSync(join(folder, 'secret.png'), join(folder, 'media/linked.png'))
    const port = await freePort()
    base = `http://127.0.0.1:${port}`
    writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port))
    const owner = process.getuid?.() === 0 ? ['-g', 'user root;'] : []
    proxy = spawn(nginx!, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), ...owner], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    for (let attempt = 0; attempt < 100; attempt++) {
      if ((await fetch(base).catch(() => undefined))?.status === 418) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('nginx did not start.')
  })

  afterAll(async () => {
    if (proxy?.exitCode === null) {
      proxy.kill('SIGQUIT')
      await once(proxy, 'exit')
    }
    if (folder) rmSync(folder, { recursive: true })
  })

  it.each([
    ['covers/a.png', 'inline', 'image/png'],
    ['a.PNG', 'inline', 'image/png'],
    ['a.html', 'attachment', 'text/html'],
    ['a.png.html', 'attachment', 'text/html'],
    ['a.svg', 'attachment', 'image/svg+xml'],
    ['a.js', 'attachment', 'application/octet-stream'],
    ['a.css', 'attachment', 'application/octet-stream'],
    ['a', 'attachment', 'application/octet-stream'],
  ])('%s is %s', async (name, disposition, type) => {
    const response = await fetch(`${base}/media/${name}`)
    expect([response.status, await response.text()]).toEqual([200, 'content'])
    expect(response.headers.get('Content-Disposition')).toBe(disposition)
    expect(response.headers.get('Content-Type')).toBe(type)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.get('Content-Security-Policy')).toMatch(/sandbox$/)
  })

  it.each(['no.png', '.a.part', 'linked.png', 'covers/', '%2e%2e/secret.png'])('%s is not there', async (name) => {
    const { status } = await fetch(`${base}/media/${name}`)
    expect([403, 404, 418, 400]).toContain(status)
  })
})
