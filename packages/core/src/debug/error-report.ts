import { NuagesError } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { Settings } from '../settings/settings.ts'
import { hideSecrets } from './hide-secrets.ts'
import { type SourceLine, sourceExcerpt } from './source-excerpt.ts'
import { type StackFrame, stackFrames } from './stack-frames.ts'
import { templateExcerpt } from './template-excerpt.ts'

export interface ReportedFrame extends StackFrame {
  readonly source: readonly SourceLine[]
}

/** A place in a template, for errors that come from one. */
export interface TemplateExcerpt {
  readonly file: string
  readonly line: number | undefined
  readonly source: readonly SourceLine[]
  /** The templates that included or extended this one, as `file:line`, from the inside out. */
  readonly trace: readonly string[]
}

/** One error, without what caused it. */
export interface ReportedError {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly hint: string | undefined
  readonly frames: readonly ReportedFrame[]
  readonly template: TemplateExcerpt | undefined
}

export type NamedValues = readonly (readonly [name: string, value: unknown])[]

/** The request as the debug page shows it: secrets are hidden already. */
export interface ReportedRequest {
  readonly method: string
  readonly url: string
  readonly route: string | undefined
  readonly query: NamedValues
  readonly form: NamedValues
  readonly files: NamedValues
  readonly cookies: NamedValues
  readonly headers: NamedValues
}

/** What is known about an error in a request: plain data, shown as HTML or as text. */
export interface ErrorReport {
  /** The error, then what caused it, then what caused that. */
  readonly errors: readonly [ReportedError, ...ReportedError[]]
  readonly request: ReportedRequest
  readonly settings: NamedValues
  readonly baseDir: string
  readonly nodeVersion: string
}

const deepestCause = 6
/** Milliseconds. */
const longestWait = 1000

/** Gathers the report of an error. It reads source files and never throws: what cannot be read is left out. */
export async function errorReport(error: unknown, request: HttpRequest, settings: Settings): Promise<ErrorReport> {
  return {
    errors: causesOf(error).map((cause) => reportedError(cause, settings.baseDir)) as [ReportedError],
    request: await reportedRequest(request),
    settings: reportedSettings(settings),
    baseDir: settings.baseDir,
    nodeVersion: process.version,
  }
}

function causesOf(error: unknown): unknown[] {
  const chain = [error]
  for (let cause = error; chain.length < deepestCause && cause instanceof Error && cause.cause !== undefined; ) {
    cause = cause.cause
    if (chain.includes(cause)) break
    chain.push(cause)
  }
  return chain
}

function reportedError(error: unknown, baseDir: string): ReportedError {
  if (!(error instanceof Error)) {
    const message = `Something that is no Error was thrown: ${String(error)}`
    return { name: typeof error, message, code: undefined, hint: undefined, frames: [], template: undefined }
  }
  return {
    name: error.name,
    message: error.message,
    code: error instanceof NuagesError ? error.code : (error as { code?: string }).code,
    hint: error instanceof NuagesError ? error.hint : undefined,
    frames: stackFrames(error, baseDir).map((frame) => ({
      ...frame,
      source: frame.owner === 'node' ? [] : sourceExcerpt(frame.file, frame.line),
    })),
    template: templateExcerpt(error),
  }
}

async function reportedRequest(request: HttpRequest): Promise<ReportedRequest> {
  const form = await readable(() => inTime(request.form()))
  return {
    method: request.method,
    url: String(hideSecrets(request.fullPath)),
    route: request.resolverMatch?.route,
    query: named(await readable(() => request.query)),
    form: named(form?.fields),
    files: [...(form?.files.entries() ?? [])].map(([name, file]) => [name, `${file.name} (${file.size} bytes)`]),
    cookies: named(await readable(() => request.cookies)),
    headers: named(request.headers),
  }
}

/** Nobody waits long for the rest of a form whose client may have stopped. */
async function inTime<T>(reading: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, longestWait, undefined)
  return Promise.race([reading, promise]).finally(() => clearTimeout(timer))
}

/** What `read` gives, or nothing: a request that cannot be read is often what the error is about. */
async function readable<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch {
    return undefined
  }
}

function named(pairs: Iterable<readonly [string, unknown]> | undefined): NamedValues {
  return [...(pairs ?? [])].map(([name, value]) => [name, hideSecrets(value, name)])
}

function reportedSettings(settings: Settings): NamedValues {
  const shown = Object.entries(settings).map(([name, value]): [string, unknown] => {
    if (name === 'installedApps') return [name, settings.installedApps.map((app) => app.name)]
    return [name, hideSecrets(value, name)]
  })
  return shown.sort(([a], [b]) => a.localeCompare(b))
}
