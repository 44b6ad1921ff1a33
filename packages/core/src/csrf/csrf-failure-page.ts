import { getLanguage, gettext } from '@nuages/i18n'
import { html, Markup } from '../debug/markup.ts'
import { cloud, type Page, page } from '../debug/page.ts'
import { plainStyles } from '../debug/page-styles.ts'
import type { CsrfError } from '../errors.ts'

/** What a page says, in the active language. */
interface Words {
  readonly title: string
  readonly explanation: string
  /** What a visitor can do, likely things first. */
  readonly advice: readonly string[]
}

function wordsOf(kind: CsrfError['kind']): Words {
  return {
    title: gettext('This was not accepted'),
    explanation: gettext(
      'So that no other site can act in your name, this one only takes what its own pages send, and could not tell that this came from one of them. Nothing was changed.',
    ),
    advice: adviceOn(kind),
  }
}

function adviceOn(kind: CsrfError['kind']): readonly string[] {
  const again = gettext('Go back, reload the page, and send it again. If you wrote something long, copy it first.')
  const fromElsewhere = gettext('If a page elsewhere brought you here, open this site itself and send it from there.')
  switch (kind) {
    case 'token':
      return [
        again,
        gettext('That also helps after signing in or out in another tab, or when the page was open for long.'),
      ]
    case 'cookie':
      return [gettext('Allow cookies for this site, if your browser or an extension blocks them.'), again]
    case 'origin':
      return [
        fromElsewhere,
        gettext(
          'If you were here all along: go back, reload the page, and send it again. If you wrote something long, copy it first.',
        ),
      ]
    case 'referer':
      return [
        gettext('If your browser or an extension hides which page you come from, allow it for this site.'),
        fromElsewhere,
      ]
  }
}

/** The page for a request without a right token: what happened and what to do; in development, the reason too. */
export function csrfFailurePage(error: CsrfError, debug: boolean): Page {
  const { title, explanation, advice } = wordsOf(error.kind)
  return page({
    title,
    language: getLanguage(),
    kind: 'plain csrf',
    styles: new Markup(plainStyles.source + styles),
    body: html`<main>${cloud}<p class="number">403</p><h1>${title}</h1><p class="lead">${explanation}</p>
<ul class="advice">${advice.map((line) => html`<li>${line}</li>`)}</ul>
${debug && forDevelopers(error)}</main>`,
  })
}

/** The same as plain text. */
export function csrfFailureText(error: CsrfError, debug: boolean): string {
  const { title, explanation, advice } = wordsOf(error.kind)
  const lines = [title, '', explanation, '', ...advice.map((line) => `- ${line}`)]
  if (debug) lines.push('', `Reason: ${error.message}`, ...(error.hint === undefined ? [] : [error.hint]))
  return `${lines.join('\n')}\n`
}

function forDevelopers({ message, hint }: CsrfError): Markup {
  return html`<section><h2>For the developer</h2><p>${message}</p>${hint && html`<p>${hint}</p>`}
<p class="foot">This part is shown because <code>debug</code> is on. A page of your own: the setting <code>csrfFailureView</code>, or a template <code>403_csrf.html</code>.</p></section>`
}

const styles = `
.csrf main { max-width: 36rem; }
.csrf .advice { margin: 1.5rem auto 0; padding-left: 1.2rem; max-width: 30rem; list-style: disc; text-align: left; }
.csrf .advice li + li { margin-top: .5rem; }
.csrf section { margin-top: 2.5rem; padding: 1.1rem 1.3rem; text-align: left; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; overflow-wrap: anywhere; }
.csrf h2 { font-size: 1rem; font-weight: 650; }
.csrf section p { margin-top: .5rem; }
.csrf section .foot { margin-top: 1rem; }
`
