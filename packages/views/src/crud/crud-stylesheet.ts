import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { HttpResponse } from '@nuages/http'

/** The route of the stylesheet, beside the pages: so that it needs neither static files nor a hole in a strict CSP. */
export const stylesheetRoute = 'crud.css'

const aYear = 365 * 24 * 60 * 60

let known: { readonly text: string; readonly version: string } | undefined

function stylesheet(): { readonly text: string; readonly version: string } {
  if (known === undefined) {
    const text = readFileSync(new URL('./templates/crud.css', import.meta.url), 'utf8')
    known = { text, version: createHash('sha256').update(text).digest('hex').slice(0, 8) }
  }
  return known
}

/** Its address, which is another when its text is. */
export function stylesheetUrl(base: string): string {
  return `${base}${stylesheetRoute}?v=${stylesheet().version}`
}

export function serveStylesheet(): HttpResponse {
  const headers = { 'Cache-Control': `public, max-age=${aYear}, immutable` }
  return new HttpResponse(stylesheet().text, { contentType: 'text/css; charset=utf-8', headers })
}
