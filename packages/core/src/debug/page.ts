import { html, type Markup } from './markup.ts'
import { baseStyles } from './page-styles.ts'

/** What stands around every page of the framework's own. */
export interface PageOptions {
  /** The document's title. */
  readonly title: string
  /** A class on `body`: `error`, `missing`, `welcome`. */
  readonly kind: string
  /** Added to the styles that all pages share. */
  readonly styles: Markup
  readonly body: Markup
}

/** A whole document, with its styles inside: it asks for nothing else. */
export function page({ title, kind, styles, body }: PageOptions): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${baseStyles}${styles}</style>
</head>
<body class="${kind}">
${body}
</body>
</html>
`.source
}

/** The drawing of a cloud that the framework's pages share. */
export const cloud: Markup = html`<svg class="cloud" viewBox="0 0 64 40" aria-hidden="true"><path d="M18 36a12 12 0 0 1-1.6-23.9A16 16 0 0 1 46.9 15 10.6 10.6 0 0 1 50 36Z"/></svg>`
