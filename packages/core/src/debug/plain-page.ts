import { HttpResponse } from '@nuages/http'
import { getLanguage, gettext } from '@nuages/i18n'
import { html } from './markup.ts'
import { cloud, type Page, page } from './page.ts'
import { plainStyles } from './page-styles.ts'

/** In the active language. */
function wordingOf(status: number): readonly [title: string, text: string] | undefined {
  switch (status) {
    case 400:
      return [gettext('Bad request'), gettext('The server could not make sense of this request.')]
    case 403:
      return [gettext('Forbidden'), gettext('You do not have access to this page.')]
    case 404:
      return [gettext('Not found'), gettext('There is nothing at this address.')]
    case 405:
      return [gettext('Not allowed'), gettext('This page does not take what was asked of it.')]
    case 408:
      return [gettext('Too slow'), gettext('The request took too long to arrive. Please try again.')]
    case 413:
      return [gettext('Too large'), gettext('What was sent is larger than this site takes.')]
    case 429:
      return [
        gettext('Too many requests'),
        gettext('That was a lot in a short time. Please wait a little and try again.'),
      ]
    case 500:
      return [
        gettext('Server error'),
        gettext('Something went wrong on our side. It has been noted; please try again later.'),
      ]
    default:
      return undefined
  }
}

/** The page for an error when the project has none of its own: it says nothing that the status does not. */
export function plainPage(status: number, reason: string): Page {
  const [title, text] = plainWords(status, reason)
  return page({
    title,
    language: getLanguage(),
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
  return wordingOf(status) ?? [reason, gettext('The request was not answered.')]
}
