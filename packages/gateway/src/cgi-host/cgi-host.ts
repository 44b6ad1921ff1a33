import type { Application, Body, Environ, StartResponse } from '../contract.ts'
import { STATUS_CODES } from '../node-http.ts'
import { parseRequestTarget } from '../request-target.ts'
import { withEnviron } from '../with-environ.ts'
import { CgiBody } from './cgi-body.ts'
import { cgiEnvironment } from './cgi-environment.ts'
import { type CgiHostOptions, completeCgiHostOptions } from './cgi-host-options.ts'
import { CgiProcess } from './cgi-process.ts'
import { CgiProgramError } from './cgi-program-error.ts'
import { findProgram, saysWhatRunsIt } from './find-program.ts'
import { type CgiHead, parseCgiHead } from './parse-cgi-head.ts'

/** The key under which an environ counts the local redirects that led to it. */
const redirectsKey = 'nuages.cgiRedirects'
const mostRedirects = 10

const explanations: Readonly<Record<number, string>> = {
  403: 'This is no program that may be run.',
  404: 'There is no such program.',
  411: 'A program is told the length of the request body beforehand: send it with a Content-Length.',
  502: 'The program failed; the log says why.',
  503: 'Too many programs are running. Try again later.',
  504: 'The program took too long.',
}

/**
 * An application that runs the programs of a folder, one process for each request, by the rules of CGI/1.1 (RFC 3875):
 * mounted at `/cgi-bin`, it answers `/cgi-bin/hello.py/more?a=b` by what `hello.py` prints. No shell is involved, programs get
 * neither passwords nor the server's own environment, and one that fails, keeps silent or is no longer wanted is ended.
 */
export function cgiHost(options: CgiHostOptions): Application {
  const complete = completeCgiHostOptions(options)
  let running = 0

  return async (environ, startResponse) => {
    const program = await findProgram(complete.directory, environ.PATH_INFO)
    if (typeof program === 'number') return refuse(startResponse, program)
    if (environ.HTTP_TRANSFER_ENCODING !== undefined) return refuse(startResponse, 411)
    const log = (problem: string): unknown => environ['gateway.errors'].write(`${program.path}: ${problem}.\n`)
    if (!(await saysWhatRunsIt(program.file))) {
      log("it is no program: a script says what runs it in its first line, such as '#!/usr/bin/env node'")
      return refuse(startResponse, 502)
    }
    if (running >= complete.maxProcesses) return refuse(startResponse, 503)
    running++
    const child = new CgiProcess(environ, program, cgiEnvironment(environ, program, complete), complete)
    void child.ended.then(() => running--)
    try {
      const { head, rest } = await readHead(child)
      if (head.kind === 'localRedirect') {
        await drain(child, log)
        return await redirect(head.location, environ, startResponse, complete.redirect)
      }
      return await answer(head, rest, child, environ, startResponse)
    } catch (error) {
      child.stop()
      // A request that broke off is the server's to answer.
      if (!(error instanceof CgiProgramError)) throw error
      log(error.message)
      return refuse(startResponse, error.status)
    }

    async function answer(
      head: Extract<CgiHead, { kind: 'document' }>,
      rest: Buffer,
      process: CgiProcess,
      { REQUEST_METHOD }: Environ,
      start: StartResponse,
    ): Promise<Body> {
      if (REQUEST_METHOD === 'HEAD') {
        // It may do more than print: it is let to its end.
        await drain(process, log)
        start(head.status, head.headers)
        return ''
      }
      start(head.status, head.headers)
      return new CgiBody(rest, process, log)
    }
  }
}

async function readHead(child: CgiProcess): Promise<{ readonly head: CgiHead; readonly rest: Buffer }> {
  let output = Buffer.alloc(0)
  for (;;) {
    const chunk = await child.read()
    if (chunk === undefined) throw new CgiProgramError('it ended before its header did')
    output = Buffer.concat([output, chunk])
    const parsed = parseCgiHead(output)
    if (parsed !== undefined) return parsed
  }
}

/** Lets a program come to its end. */
async function drain(child: CgiProcess, log: (problem: string) => unknown): Promise<void> {
  for await (const _ of new CgiBody(Buffer.alloc(0), child, log));
}

/** Answers as if the client had asked for `location` by GET (RFC 3875 §6.2.2). */
async function redirect(
  location: string,
  environ: Environ,
  startResponse: StartResponse,
  application: Application | undefined,
): Promise<Body> {
  if (application === undefined) {
    startResponse('302 Found', [['Location', location]])
    return ''
  }
  const target = parseRequestTarget(location.replace(/#.*$/, ''))
  const redirects = Number((environ as unknown as Record<string, unknown>)[redirectsKey] ?? 0) + 1
  if (target === undefined) throw new CgiProgramError(`it sent the location ${JSON.stringify(location.slice(0, 80))}`)
  if (redirects > mostRedirects) throw new CgiProgramError(`it redirects in a circle, to ${location.slice(0, 80)}`)
  const changed = withEnviron(environ, {
    REQUEST_METHOD: environ.REQUEST_METHOD === 'HEAD' ? 'HEAD' : 'GET',
    REQUEST_URI: location,
    SCRIPT_NAME: '',
    PATH_INFO: target.path,
    QUERY_STRING: target.query,
    CONTENT_LENGTH: undefined,
    CONTENT_TYPE: undefined,
    'gateway.input': nothing(),
    [redirectsKey]: redirects,
  })
  return application(changed, startResponse)
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

function refuse(startResponse: StartResponse, status: number): string {
  startResponse(`${status} ${STATUS_CODES[status]}`, [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Cache-Control', 'no-store'],
  ])
  return `${explanations[status]}\n`
}
