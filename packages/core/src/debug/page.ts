import { hash } from 'node:crypto'
import { HttpResponse } from '@nuages/http'
import { cspHeaders, leaveOutCsp } from '../csp/csp-headers.ts'
import { html, Markup } from './markup.ts'
import { baseStyles } from './page-styles.ts'

/** What stands around every page of the framework's own. */
export interface PageOptions {
  /** The document's title. */
  readonly title: string
  /** A class on `body`: `error`, `missing`, `welcome`. */
  readonly kind: string
  /** Added to the styles that all pages share. */
  readonly styles: Markup
  /** The source of a script that runs at its end. */
  readonly script?: string
  readonly body: Markup
  /** The tag of the language that it is written in. Default English. */
  readonly language?: string
}

/** A whole document, and the Content Security Policy that it comes with. */
export interface Page {
  readonly source: string
  readonly policy: string
}

/**
 * A document with its styles and its script inside: it asks for nothing else. The policy lets in those and nothing more, by
 * their hashes, so that it looks right whatever the project's own policy is.
 */
export function page({ title, kind, styles, script = '', body, language = 'en' }: PageOptions): Page {
  const style = baseStyles.source + styles.source
  const { source } = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body class="${kind}">
${body}${script === '' ? '' : new Markup(`<script>${script}</script>`)}
</body>
</html>
`
  return { source, policy: policyOf(style, script) }
}

/** The answer that holds a page. */
export function pageResponse({ source, policy }: Page, status: number): HttpResponse {
  const headers = { [cspHeaders.enforced]: policy, 'Cache-Control': 'no-store' }
  const response = new HttpResponse(source, { status, headers })
  // A policy that is being tried out would only report that it is not this one.
  leaveOutCsp(response, cspHeaders.reportOnly)
  return response
}

const policies = new Map<string, string>()

function policyOf(style: string, script: string): string {
  let policy = policies.get(style + script)
  if (policy === undefined) {
    const scripts = script === '' ? '' : `script-src ${hashOf(script)}; `
    policy = `default-src 'none'; style-src ${hashOf(style)}; ${scripts}img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    policies.set(style + script, policy)
  }
  return policy
}

function hashOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`
}

/** The drawing of a cloud that the framework's pages share. */
export const cloud: Markup = html`<svg class="cloud" viewBox="0 0 64 40" aria-hidden="true"><path d="M18 36a12 12 0 0 1-1.6-23.9A16 16 0 0 1 46.9 15 10.6 10.6 0 0 1 50 36Z"/></svg>`
