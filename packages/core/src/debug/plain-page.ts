import { HttpResponse } from '@nuages/http'
import { html } from './markup.ts'
import { cloud, type Page, page } from './page.ts'
import { plainStyles } from './page-styles.ts'

const wording: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Bad request', 'The server could not make sense of this request.'],
  403: ['Forbidden', 'You do not have access to this page.'],
  404: ['Not found', 'There is nothing at this address.'],
  405: ['Not allowed', 'This page does not take what was asked of it.'],
  408: ['Too slow', 'The request took too long to arrive. Please try again.'],
  413: ['Too large', 'What was sent is larger than this site takes.'],
  429: ['Too many requests', 'That was a lot in a short time. Please wait a little and try again.'],
  500: ['Server error', 'Something went wrong on our side. It has been noted; please try again later.'],
}

/** The page for an error when the project has none of its own: it says nothing that the status does not. */
export function plainPage(status: number, reason: string): Page {
  const [title, text] = plainWords(status, reason)
  return page({
    title,
    kind: 'plain',
    styles: plainStyles,
    body: html`<main>${cloud}<p class="number">${status}</p><h1>${title}</h1><p class="lead">${text}</p></main>`,
  })
}

/** The same as plain text. */
export function plainText(status: number, reason: string): string {
  return `${plainWords(status, reason).join('\n\n')}\n`
}

/** An answer as plain text, which nobody is to keep. */
export function textResponse(text: string, status: number): HttpResponse {
  const headers = { 'Cache-Control': 'no-store' }
  return new HttpResponse(text, { status, contentType: 'text/plain; charset=utf-8', headers })
}

function plainWords(status: number, reason: string): readonly [title: string, text: string] {
  return wording[status] ?? [reason, 'The request was not answered.']
}
