import { TestClientError } from '../errors.ts'

/** A value of a form; a `File` or `Blob` is uploaded. An array sends its name several times. */
export type FormValue = string | number | bigint | boolean | Blob | null | undefined

export type FormInput = Readonly<Record<string, FormValue | readonly FormValue[]>> | FormData | URLSearchParams

/** What a request of the test client may carry: one of the three. */
export interface BodyOptions {
  /** Sent as `multipart/form-data` when it holds a file, else urlencoded. `null` and `undefined` are left out. */
  readonly form?: FormInput
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is; give its type in `headers`. */
  readonly body?: string | Uint8Array
}

export interface EncodedBody {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
}

/** The bytes of a request and their type. Throws `TestClientError` when more than one kind of body is given. */
export async function encodeBody(options: BodyOptions): Promise<EncodedBody> {
  const given = (['form', 'json', 'body'] as const).filter((name) => options[name] !== undefined)
  if (given.length > 1) throw new TestClientError(`A request has one body, but ${given.join(' and ')} were given.`)
  if (options.form !== undefined) return encodeForm(options.form)
  if (options.json !== undefined) {
    return { bytes: Buffer.from(JSON.stringify(options.json)), contentType: 'application/json' }
  }
  const { body = '' } = options
  if (typeof body === 'string') {
    return { bytes: Buffer.from(body), contentType: body === '' ? undefined : 'text/plain; charset=utf-8' }
  }
  return { bytes: body, contentType: 'application/octet-stream' }
}

async function encodeForm(form: FormInput): Promise<EncodedBody> {
  const encoded = new Response(form instanceof FormData || form instanceof URLSearchParams ? form : fromRecord(form))
  return {
    bytes: new Uint8Array(await encoded.arrayBuffer()),
    contentType: encoded.headers.get('Content-Type')?.replace(/;charset=UTF-8$/i, ''),
  }
}

function fromRecord(record: Readonly<Record<string, FormValue | readonly FormValue[]>>): FormData | URLSearchParams {
  const pairs = Object.entries(record).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly FormValue[]) : [value as FormValue])
      .filter((item) => item !== null && item !== undefined)
      .map((item): [string, string | Blob] => [name, item instanceof Blob ? item : String(item)]),
  )
  if (!pairs.some(([, value]) => value instanceof Blob)) return new URLSearchParams(pairs as [string, string][])
  const data = new FormData()
  for (const [name, value] of pairs) data.append(name, value as Blob)
  return data
}
