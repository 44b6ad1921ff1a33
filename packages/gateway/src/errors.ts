/**
 * The package stands below `foundation`, so that anything may serve or be served through the contract without the rest of
 * Nuages. Its errors have the shape of `NuagesError`, not the class.
 */
export abstract class GatewayError extends Error {
  /** A stable name for the kind of error, such as `'gateway-contract'`. */
  abstract readonly code: string

  override get name(): string {
    return this.constructor.name
  }
}

/** Who has to keep a rule of the contract. */
export type ContractSide = 'server' | 'application'

/** One side of the contract broke it; `side` says which. The role of the assertions in `wsgiref.validate`. */
export class GatewayContractError extends GatewayError {
  readonly code = 'gateway-contract'
  readonly side: ContractSide

  constructor(side: ContractSide, message: string) {
    super(`The ${side} broke the gateway contract: ${message}`)
    this.side = side
  }
}

const messages = {
  'body-too-large': 'The request body is larger than the server takes',
  'input-already-read': "environ['gateway.input'] was read before, and a request body can be read once only",
  'client-gone': 'The client went away before the request was answered',
  'body-malformed': 'The request body breaks off or is not framed as HTTP asks',
  'request-timeout': 'The client took too long to send its request',
  'server-closing': 'The server stopped before the request was answered',
} as const

const statuses: Record<keyof typeof messages, number> = {
  'body-too-large': 413,
  'input-already-read': 500,
  'client-gone': 400,
  'body-malformed': 400,
  'request-timeout': 408,
  'server-closing': 503,
}

/**
 * A request that cannot be read or answered any more: thrown by `gateway.input` and the reason of `gateway.signal`. An
 * application that lets it pass gets the right answer: `status` is what the server then sends, if it still can.
 */
export class RequestError extends GatewayError {
  readonly code: keyof typeof messages
  readonly status: number

  constructor(code: keyof typeof messages, detail = '', options?: ErrorOptions) {
    super(detail === '' ? `${messages[code]}.` : `${messages[code]} (${detail}).`, options)
    this.code = code
    this.status = statuses[code]
  }
}

/** `serve` could not listen where it was told to. */
export class ListenError extends GatewayError {
  readonly code = 'gateway-listen'
}
