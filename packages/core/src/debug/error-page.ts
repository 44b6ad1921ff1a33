import { relative } from 'node:path'
import { inspect } from 'node:util'
import { copyScript } from './copy-script.ts'
import type { ErrorReport, NamedValues, ReportedError, ReportedFrame, TemplateExcerpt } from './error-report.ts'
import { errorText } from './error-text.ts'
import { html, type Markup } from './markup.ts'
import { cloud, type Page, page } from './page.ts'
import { reportStyles } from './report-styles.ts'
import type { SourceLine } from './source-excerpt.ts'

/** The page that shows an error while `debug` is on. */
export function errorPage(report: ErrorReport, status: number, reason: string): Page {
  const { errors, request } = report
  const [error, ...causes] = errors
  return page({
    title: `${error.name} at ${request.url}`,
    kind: 'error',
    styles: reportStyles,
    script: copyScript,
    body: html`<header class="masthead"><div class="wrap">
  <div class="line-of-request">${cloud}<span class="status">${status} ${reason}</span>
    <code class="target">${request.method} ${request.url}</code>
    <button type="button" data-copies="as-text">Copy as text</button></div>
  ${headline(error, 'h1')}
</div></header>
<main class="wrap">
${error.template && templateSection(error.template, report)}
${stackSection('Stack', error, report)}
${causes.map((cause) => causeSection(cause, report))}
${requestSection(report)}
<section><h2>Settings</h2><details class="card"><summary><span class="in">${report.settings.length} settings, secrets hidden</span></summary>${values(report.settings)}</details></section>
<p class="foot">Node ${report.nodeVersion}. This page is shown because <code>debug</code> is on; with it off, visitors see a plain page and the error goes to the log.</p>
</main>
<pre id="as-text" hidden>${errorText(report)}</pre>`,
  })
}

function headline(error: ReportedError, level: 'h1' | 'h3'): Markup {
  const message = error.message || 'No message'
  return html`<p class="kind-of-error"><span>${error.name}</span>${error.code && html`<span class="code">${error.code}</span>`}</p>
  ${level === 'h1' ? html`<h1>${message}</h1>` : html`<h3>${message}</h3>`}
  ${error.hint && html`<p class="hint"><strong>Hint</strong> ${withCode(error.hint)}</p>`}`
}

/** Text in which what stands between backticks is code. */
function withCode(text: string): readonly unknown[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))
}

function templateSection(template: TemplateExcerpt, report: ErrorReport): Markup {
  const at = template.line === undefined ? '' : `:${template.line}`
  return html`<section><h2>Template</h2><div class="card template"><p class="where">${nearPath(template.file, report)}${at}</p>${template.source.length > 0 && sourceBlock(template.source)}${template.trace.map((above) => html`<p class="bare">from <span class="where">${nearPath(above, report)}</span></p>`)}</div></section>`
}

function causeSection(cause: ReportedError, report: ErrorReport): Markup {
  const stack = cause.frames.length > 0 && stackSection('Its stack', cause, report)
  return html`<section><h2>Caused by</h2>${headline(cause, 'h3')}</section>${cause.template && templateSection(cause.template, report)}${stack}`
}

function stackSection(title: string, error: ReportedError, report: ErrorReport): Markup {
  if (error.frames.length === 0)
    return html`<section><h2>${title}</h2><p class="lead">There is no stack to show.</p></section>`
  const first = error.frames.find(({ owner }) => owner === 'project') ?? error.frames[0]
  return html`<section><h2>${title}<span class="aside">innermost call first</span></h2><div class="card">${frameGroups(
    error.frames,
  ).map((group) =>
    group[0]?.owner === 'project' || group[0] === first
      ? group.map((frame) => frameDetails(frame, frame === first, report))
      : otherFrames(group, report),
  )}</div></section>`
}

/** Runs of frames that are shown together: each of the project's own, and what lies between them. */
function frameGroups(frames: readonly ReportedFrame[]): ReportedFrame[][] {
  const groups: ReportedFrame[][] = []
  const hasProject = frames.some(({ owner }) => owner === 'project')
  for (const [index, frame] of frames.entries()) {
    const before = groups.at(-1)
    const alone = frame.owner === 'project' || (!hasProject && index === 0)
    if (before && !alone && before[0]?.owner !== 'project' && !(groups.length === 1 && !hasProject)) before.push(frame)
    else groups.push([frame])
  }
  return groups
}

function otherFrames(frames: readonly ReportedFrame[], report: ErrorReport): Markup {
  const owners = [...new Set(frames.map(({ owner }) => ownerNames[owner]))].join(', ')
  const count = `${frames.length} ${frames.length === 1 ? 'frame' : 'frames'} in ${owners}`
  return html`<details class="others"><summary><span>${count}</span></summary><ol>${frames.map((frame) => html`<li>${frameDetails(frame, false, report)}</li>`)}</ol></details>`
}

const ownerNames = { project: 'the project', framework: 'Nuages', library: 'packages', node: 'Node' } as const

function frameDetails(frame: ReportedFrame, open: boolean, report: ErrorReport): Markup {
  const where = html`<span class="where">${nearPath(frame.file, report)}:${frame.line}</span>`
  const inside = frame.functionName && html`<span class="in">in ${frame.functionName}</span>`
  if (frame.source.length === 0) return html`<p class="bare">${where} ${inside}</p>`
  return html`<details class="${frame.owner}"${open && html` open`}><summary>${where}${inside}</summary>${sourceBlock(frame.source, frame.column)}</details>`
}

function sourceBlock(lines: readonly SourceLine[], column?: number): Markup {
  return html`<div class="source" tabindex="0">${lines.map(
    (line) =>
      html`<div class="row${line.current && ' current'}"><b>${line.number}</b><span>${line.current && column ? marked(line.text, column) : line.text || ' '}</span></div>`,
  )}</div>`
}

/** The line with the word at `column`, where the call or the throw stands, underlined. */
function marked(text: string, column: number): Markup {
  const start = column - 1
  const word = /^(?:new\s+)?[\w$]+|^./.exec(text.slice(start))?.[0] ?? ''
  return html`${text.slice(0, start)}<mark>${word}</mark>${text.slice(start + word.length)}`
}

function requestSection({ request }: ErrorReport): Markup {
  const line: NamedValues = [
    ['method', request.method],
    ['url', request.url],
    ['route', request.route ?? 'no URL pattern was reached'],
  ]
  const groups: readonly (readonly [string, NamedValues])[] = [
    ['Query', request.query],
    ['Form', request.form],
    ['Files', request.files],
    ['Cookies', request.cookies],
    ['Headers', request.headers],
  ]
  return html`<section><h2>Request</h2><div class="card">${values(line)}${groups.map(
    ([name, pairs]) => pairs.length > 0 && html`<p class="group-name">${name}</p>${values(pairs)}`,
  )}</div></section>`
}

function values(pairs: NamedValues): Markup {
  return html`<dl class="values">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${shown(value)}</dd></div>`)}</dl>`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 3, breakLength: 90 })
}

/** A file as the project sees it: relative when it is below `baseDir`. */
function nearPath(file: string, { baseDir }: ErrorReport): string {
  return file.startsWith(`${baseDir}/`) ? relative(baseDir, file) : file
}
