import type { NodeBuilder } from '../build/node-builder.ts'
import { Expression } from './expression.ts'
import type { ExpressionNode } from './node.ts'
import type { At } from './value-types.ts'

/** A path of the model or an annotation. */
export class PathExpression<const P extends string = string> extends Expression<At<P>, At<P>> {
  readonly path: P

  constructor(path: P) {
    super()
    this.path = path
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return builder.path(this.path)
  }
}

/** A column, over relations as well, a part of it (`publishedAt__year`), or an annotation. Django's `F`. */
export function F<const P extends string>(path: P): PathExpression<P> {
  return new PathExpression(path)
}
