import type { HttpRequest, HttpResponse } from '@nuages/http'
import { CsrfError } from '../errors.ts'
import type { ProcessView } from '../middleware/middleware.ts'
import { sourceProblem } from './check-source.ts'
import { isCsrfExempt } from './csrf-exempt.ts'
import { csrfFailureResponse } from './csrf-failure.ts'
import { type CsrfPolicy, csrfPolicy } from './csrf-policy.ts'
import { isTokenOf, malformation, secretOf, tokenField } from './csrf-token.ts'
import { loadSessionSecret, secretInSession } from './session-secret.ts'
import { skipCsrfChecks } from './skip-csrf-checks.ts'

/** The methods that change nothing (RFC 9110 §9.2.1). */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/**
 * Lets a request that may change something through to its view only where it was sent by a page of this site: it comes from
 * there, and shows a token that belongs to the visitor's cookie. The body is read only where the header has no such token.
 */
export const checkCsrf: ProcessView = (request, { view }) => {
  if (!csrfPolicy().useSessions) return checkView(request, view)
  return loadSessionSecret(request).then(() => checkView(request, view))
}

function checkView(request: HttpRequest, view: object): ReturnType<ProcessView> {
  if (safeMethods.has(request.method) || isCsrfExempt(view) || isSkipped(request)) return undefined
  const policy = csrfPolicy()
  const secret = policy.useSessions ? sessionSecret(request) : cookieSecret(request, policy)
  const problem = sourceProblem(request) ?? (secret instanceof CsrfError ? secret : undefined)
  if (problem !== undefined) return csrfFailureResponse(request, problem)
  const header = request.headers.get(policy.headerName)
  const inHeader = tokenProblem(header, secret as string, `the header ${policy.headerName}`)
  if (inHeader === undefined) return undefined
  return sendsForm(request) ? checkForm(request, secret as string, inHeader) : csrfFailureResponse(request, inHeader)
}

async function checkForm(request: HttpRequest, secret: string, inHeader: CsrfError): Promise<HttpResponse | undefined> {
  // A body that cannot be read, or is too large, is answered as such.
  const { fields } = await request.form()
  const token = fields.get(tokenField)
  const inField = tokenProblem(token, secret, `the form field ${tokenField}`)
  if (inField === undefined) return undefined
  const problem = token === undefined && request.headers.has(csrfPolicy().headerName) ? inHeader : inField
  return csrfFailureResponse(request, problem)
}

function sendsForm({ method, contentType }: HttpRequest): boolean {
  return (
    method === 'POST' && (contentType === 'application/x-www-form-urlencoded' || contentType === 'multipart/form-data')
  )
}

function sessionSecret(request: HttpRequest): string | CsrfError {
  return (
    secretInSession(request) ??
    new CsrfError('cookie', 'The session has no token.', {
      hint: 'The page with the form puts it there, by {% csrf %} or getToken(request). A browser that blocks cookies, or a log-out meanwhile, begins another session.',
    })
  )
}

function cookieSecret(request: HttpRequest, { cookieName }: CsrfPolicy): string | CsrfError {
  const cookie = request.cookies.get(cookieName)
  if (cookie === undefined) {
    return new CsrfError('cookie', `The request has no cookie '${cookieName}'.`, {
      hint: 'The page with the form sets it, by {% csrf %} or getToken(request). A browser that blocks cookies, or a Secure cookie over plain HTTP, leaves it out.',
    })
  }
  const problem = malformation(cookie)
  return problem === undefined ? secretOf(cookie) : new CsrfError('cookie', `The cookie '${cookieName}' ${problem}.`)
}

function tokenProblem(token: string | undefined, secret: string, place: string): CsrfError | undefined {
  if (token === undefined || token === '') {
    return new CsrfError('token', `The request has no token, neither in a form field nor in the header.`, {
      hint: `Put {% csrf %} into the form. A script sends what getToken(request) gives in the header ${csrfPolicy().headerName}.`,
    })
  }
  const problem = malformation(token)
  if (problem !== undefined) return new CsrfError('token', `The token in ${place} ${problem}.`)
  if (isTokenOf(token, secret)) return undefined
  return new CsrfError(
    'token',
    `The token in ${place} does not belong to the ${csrfPolicy().useSessions ? 'session' : 'cookie'}.`,
    {
      hint: 'It comes from another browser, or from a page that was opened before somebody logged in here.',
    },
  )
}

function isSkipped(request: HttpRequest): boolean {
  return (request.environ as unknown as Readonly<Record<symbol, unknown>>)[skipCsrfChecks] === true
}
