import type { Row } from './row.ts'

/** A related row that was assigned before it had a key: the key is taken when the row that holds it is saved. */
export class Unsaved {
  readonly row: Row

  constructor(row: Row) {
    this.row = row
  }
}
