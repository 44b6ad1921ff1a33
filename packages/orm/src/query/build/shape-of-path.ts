const plain = /^\w+$/

/** A path in the text of a shape. The key of a document may hold any character, and must not be taken for what stands around it. */
export function shapeOfPath(path: string): string {
  return plain.test(path) ? path : JSON.stringify(path)
}
