import { hash } from 'node:crypto'
import { html, markSafe, type SafeString } from '@nuages/templates'
import type { ListedEntry, ListingOrder, SortKey } from './list-folder.ts'
import { listingStyles } from './listing-styles.ts'

/** What the pages may do: show themselves. Their only style is the one with that hash; a file's name can bring none along. */
export const pagePolicy: string = `default-src 'none'; style-src 'sha256-${hash('sha256', listingStyles, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

export interface Listing {
  /** What the root is called. */
  readonly rootName: string
  /** Where it is mounted: `''`, or a path that does not end with a slash. */
  readonly mount: string
  /** The folders that lead to this one. */
  readonly names: readonly string[]
  readonly entries: readonly ListedEntry[]
  readonly order: ListingOrder
}

const columns: readonly { readonly key: SortKey; readonly label: string; readonly className: string }[] = [
  { key: 'name', label: 'Name', className: 'name' },
  { key: 'size', label: 'Size', className: 'size' },
  { key: 'modified', label: 'Modified', className: 'modified' },
]

/** The page of a folder: where it is, and what is in it. */
export function listingPage(listing: Listing): string {
  const { rootName, names, entries } = listing
  const path = [rootName, ...names].join('/')
  return page(
    `${path}/`,
    html`<h1>${breadcrumbs(listing)}</h1>
<div class="card">${table(listing)}</div>
<p class="foot">${summary(entries)}</p>`,
  )
}

/** What is said in place of a file. */
export function messagePage(title: string, text: string, link?: string): string {
  const way = link === undefined ? '' : html` <a href="${link}">To the first page</a>`
  return page(title, html`<h1>${title}</h1>\n<p class="lead">${text}${way}</p>`)
}

function page(title: string, body: SafeString): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${markSafe(listingStyles)}</style>
</head>
<body>
<svg width="0" height="0" hidden><symbol id="folder" viewBox="0 0 24 24"><path d="M3 6.5A1.5 1.5 0 0 1 4.5 5h4.6l2 2.5h8.4A1.5 1.5 0 0 1 21 9v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18Z"/></symbol><symbol id="file" viewBox="0 0 24 24"><path d="M6 3.5h8l4.5 4.5v12.5H6Z M14 3.5V8h4.5"/></symbol><symbol id="up" viewBox="0 0 24 24"><path d="M12 19V6 M6.5 11.5 12 6l5.5 5.5"/></symbol></svg>
<main class="wrap">
<svg class="cloud" viewBox="0 0 64 40" aria-hidden="true"><path d="M18 36a12 12 0 0 1-1.6-23.9A16 16 0 0 1 46.9 15 10.6 10.6 0 0 1 50 36Z"/></svg>
${body}
</main>
</body>
</html>
`)
}

function breadcrumbs({ rootName, mount, names }: Listing): SafeString {
  const last = names.length
  const steps = [rootName, ...names].map((name, index) => {
    if (index === last) return html`<span aria-current="page">${name}</span>`
    return html`<a href="${`${mount}/${names.slice(0, index).map(encode).join('/')}${index === 0 ? '' : '/'}`}">${name}</a>`
  })
  return joined(steps, html`<span class="slash">/</span>`)
}

function table({ names, entries, order }: Listing): SafeString {
  const up = html`<tr><th scope="row"><a href="../">${icon('up')}<span>Parent folder</span></a></th><td class="size"></td><td></td></tr>\n`
  return html`<table>
<thead><tr>${joined(columns.map((column) => heading(column, order)))}</tr></thead>
<tbody>
${names.length === 0 ? '' : up}${joined(entries.map(row))}</tbody>
</table>`
}

function heading({ key, label, className }: (typeof columns)[number], order: ListingOrder): SafeString {
  const isSorted = order.key === key
  const isNextDescending = isSorted && !order.isDescending
  const href = `?sort=${key}${isNextDescending ? '&order=desc' : ''}`
  const arrow = isSorted ? html` <span aria-hidden="true">${order.isDescending ? '↓' : '↑'}</span>` : ''
  const sorted = isSorted ? html` aria-sort="${order.isDescending ? 'descending' : 'ascending'}"` : ''
  return html`<th scope="col" class="${className}"${sorted}><a href="${href}">${label}${arrow}</a></th>`
}

function row({ name, isFolder, size, modified }: ListedEntry): SafeString {
  const slash = isFolder ? '/' : ''
  // Without the dot, a name with a colon would be a scheme.
  return html`<tr class="${isFolder ? 'folder' : 'file'}"><th scope="row"><a href="./${encode(name)}${slash}">${icon(isFolder ? 'folder' : 'file')}<span>${name}${slash}</span></a></th><td class="size">${size === undefined ? '' : html`<data value="${size}">${readableSize(size)}</data>`}</td><td class="modified">${time(modified)}</td></tr>\n`
}

function icon(name: string): SafeString {
  return html`<svg class="icon" aria-hidden="true"><use href="#${name}"/></svg>`
}

/** As the machine that serves the folder has it. */
function time(milliseconds: number): SafeString {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(milliseconds))
  const local = instant.toZonedDateTimeISO(Temporal.Now.timeZoneId()).toPlainDateTime()
  const shown = local.toString({ smallestUnit: 'minute' }).replace('T', ' ')
  return html`<time datetime="${instant.toString({ smallestUnit: 'second' })}">${shown}</time>`
}

/** `532 B`, `1.2 kB`, `34 MB`. */
export function readableSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let [size, unit] = [bytes, 0]
  // What would be rounded to 1000 is 1 of the next unit.
  while (size >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1]
  return `${unit > 0 && size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}

function summary(entries: readonly ListedEntry[]): string {
  const files = entries.filter(({ isFolder }) => !isFolder)
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
  const parts = [
    ...(files.length < entries.length ? [counted(entries.length - files.length, 'folder')] : []),
    ...(files.length > 0 ? [counted(files.length, 'file')] : []),
  ]
  if (parts.length === 0) return 'Empty'
  const total = files.reduce((sum, { size = 0 }) => sum + size, 0)
  return `${parts.join(', ')}${files.length > 0 ? ` · ${readableSize(total)}` : ''}`
}

function encode(name: string): string {
  return encodeURIComponent(name.toWellFormed())
}

function joined(parts: readonly SafeString[], between: SafeString | '' = ''): SafeString {
  return markSafe(parts.map(String).join(String(between)))
}
