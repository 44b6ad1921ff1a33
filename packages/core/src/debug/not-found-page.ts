import { html, type Markup } from './markup.ts'
import { cloud, type Page, page } from './page.ts'
import { reportStyles } from './report-styles.ts'

/** A line of the URLconf as the 404 page lists it. */
export interface ListedRoute {
  /** As written, with the prefixes of its includes. */
  readonly route: string
  /** With its namespaces, where it has one. */
  readonly name: string | undefined
}

/** What is known about an address that led nowhere. */
export interface NotFoundReport {
  readonly method: string
  readonly url: string
  readonly message: string
  /** The pattern whose view raised `Http404`; none when no pattern matched. */
  readonly raisedBy: { readonly route: string; readonly view: string } | undefined
  readonly routes: readonly ListedRoute[]
}

/** The page that shows a 404 while `debug` is on, with the patterns that were tried. */
export function notFoundPage(report: NotFoundReport): Page {
  return page({
    title: `Not found: ${report.url}`,
    kind: 'missing',
    styles: reportStyles,
    body: html`<header class="masthead"><div class="wrap">
  <div class="line-of-request">${cloud}<span class="status">404 Not Found</span>
    <code class="target">${report.method} ${report.url}</code></div>
  <h1>${explanation(report)}</h1>
  ${!report.raisedBy && html`<p class="lead">${explanationOfPatterns(report)}</p>`}
</div></header>
<main class="wrap">
${report.raisedBy ? raised(report.raisedBy) : report.routes.length > 0 && patterns(report.routes)}
<p class="foot">This page is shown because <code>debug</code> is on; with it off, visitors see <code>handler404</code>, else <code>404.html</code>.</p>
</main>`,
  })
}

/** The same as plain text, for clients that take no HTML. */
export function notFoundText(report: NotFoundReport): string {
  const lines = [`404 Not Found: ${report.method} ${report.url}`, '', explanation(report)]
  if (report.raisedBy) lines.push(`Raised by ${report.raisedBy.view} for the pattern '${report.raisedBy.route}'.`)
  else {
    lines.push(explanationOfPatterns(report), '')
    lines.push(...report.routes.map(({ route, name }) => `  /${route}${name ? `  (${name})` : ''}`))
  }
  return `${lines.join('\n')}\n`
}

function explanation({ raisedBy, message, url }: NotFoundReport): string {
  return raisedBy ? message : `No URL pattern matches ${url.replace(/\?.*$/s, '')}`
}

function explanationOfPatterns({ routes }: NotFoundReport): string {
  if (routes.length === 0) return 'The project has no URL patterns yet.'
  return routes.length === 1
    ? 'The one pattern was tried:'
    : `These ${routes.length} patterns were tried, in this order:`
}

function raised({ route, view }: NonNullable<NotFoundReport['raisedBy']>): Markup {
  return html`<section><h2>Where it comes from</h2><div class="card"><dl class="values">
<div><dt>view</dt><dd>${view}</dd></div><div><dt>URL pattern</dt><dd>/${route}</dd></div></dl></div></section>`
}

function patterns(routes: readonly ListedRoute[]): Markup {
  return html`<section class="tight"><ol class="card routes">${routes.map(
    ({ route, name }) => html`<li><code>/${route}</code>${name && html`<span class="name">${name}</span>`}</li>`,
  )}</ol></section>`
}
