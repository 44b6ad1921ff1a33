/** The program that people talk to a database with, and what it must be told to reach one. */
export interface ClientProgram {
  readonly program: string
  readonly args: readonly string[]
  /** Set for the program alone: passwords stand here, since arguments can be read by everybody on the machine. */
  readonly env: Readonly<Record<string, string>>
  /** How to get it, for who has not: `'apt install sqlite3'`. */
  readonly install: string
}
