/** The yardstick: node:http and prepared statements, written by hand. `node raw-server.ts FILE` prints its port. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Sqlite from 'better-sqlite3'
import { addedFortune, queriesPerRequest, randomId } from './world.ts'

const db = new Sqlite(process.argv[2]!)
db.pragma('journal_mode = WAL')
const one = db.prepare('SELECT id, random_number AS randomNumber FROM bench_world WHERE id = ?')
const all = db.prepare<[], { id: number; message: string }>('SELECT id, message FROM bench_fortune')

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => escapes[character]!) : text

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

function fortunesPage(): string {
  const rows = [...all.all(), { id: 0, message: addedFortune }].sort((a, b) => (a.message < b.message ? -1 : 1))
  let html =
    '<!doctype html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>'
  for (const row of rows) html += `<tr><td>${row.id}</td><td>${escapeHtml(row.message)}</td></tr>`
  return `${html}</table></body></html>`
}

const server = createServer((request, response) => {
  switch (request.url) {
    case '/plaintext':
      return send(response, 'text/plain; charset=utf-8', 'Hello, World!')
    case '/json':
      return send(response, 'application/json', JSON.stringify({ message: 'Hello, World!' }))
    case '/db':
      return send(response, 'application/json', JSON.stringify(one.get(randomId())))
    case '/queries': {
      const rows = Array.from({ length: queriesPerRequest }, () => one.get(randomId()))
      return send(response, 'application/json', JSON.stringify(rows))
    }
    case '/fortunes':
      return send(response, 'text/html; charset=utf-8', fortunesPage())
    default:
      response.writeHead(404).end()
  }
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
