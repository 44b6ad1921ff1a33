import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request as the test keeps the books of it. */
export interface Flight {
  readonly path: string
  /** Whether it was on its way when the server was told to stop. */
  inFlightAtStop: boolean
  outcome: 'open' | 'answered' | 'refused' | 'lost'
  status: number | undefined
  problem: string | undefined
}

/** A client with one keep-alive connection that asks for the pages in turn, with a breath between them. */
export class SteadyClient {
  readonly flights: Flight[] = []
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #origin: string
  #stopped = false

  constructor(origin: string) {
    this.#origin = origin
  }

  async run(paths: readonly string[], first: number, breathMs: number): Promise<void> {
    for (let turn = first; !this.#stopped; turn += 1) {
      const flight = await this.#request(paths[turn % paths.length]!)
      if (flight.outcome !== 'answered') return
      await sleep(breathMs)
    }
  }

  stop(): void {
    this.#stopped = true
    for (const flight of this.flights) flight.inFlightAtStop = flight.outcome === 'open'
  }

  #request(path: string): Promise<Flight> {
    const flight: Flight = { path, inFlightAtStop: false, outcome: 'open', status: undefined, problem: undefined }
    this.flights.push(flight)
    return new Promise((resolve) => {
      const end = (outcome: Flight['outcome'], problem?: string): void => {
        if (flight.outcome !== 'open') return
        Object.assign(flight, { outcome, problem })
        resolve(flight)
      }
      const request = get(`${this.#origin}${path}`, { agent: this.#agent }, (response) => {
        flight.status = response.statusCode
        response.resume()
        response.on('end', () => end(response.complete ? 'answered' : 'lost', 'cut in the body'))
        response.on('error', (error) => end('lost', error.message))
      })
      request.on('error', (error: NodeJS.ErrnoException) =>
        end(error.code === 'ECONNREFUSED' ? 'refused' : 'lost', error.message),
      )
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
