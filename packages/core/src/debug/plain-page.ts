import { html } from './markup.ts'
import { cloud, page } from './page.ts'
import { plainStyles } from './page-styles.ts'

const wording: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Bad request', 'The server could not make sense of this request.'],
  403: ['Forbidden', 'You do not have access to this page.'],
  404: ['Not found', 'There is nothing at this address.'],
  413: ['Too large', 'What was sent is larger than this site takes.'],
  500: ['Server error', 'Something went wrong on our side. It has been noted; please try again later.'],
}

/** The page for an error when the project has none of its own: it says nothing that the status does not. */
export function plainPage(status: number, reason: string): string {
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

function plainWords(status: number, reason: string): readonly [title: string, text: string] {
  return wording[status] ?? [reason, 'The request was not answered.']
}
