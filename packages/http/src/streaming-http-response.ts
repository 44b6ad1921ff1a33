import type { Body, BodyChunk } from '@nuages/gateway'
import { ResponseError } from './errors.ts'
import { HttpResponse, type ResponseContent, type ResponseOptions } from './http-response.ts'

/** What a streaming response sends: it is read as fast as the client takes it. */
export type StreamingContent = Iterable<BodyChunk> | AsyncIterable<BodyChunk>

/** A response whose content is produced while it is sent. Where the client goes away, the iterator's `return()` is called. */
export class StreamingHttpResponse extends HttpResponse {
  /** May be wrapped by middleware: `response.streamingContent = compress(response.streamingContent)`. */
  streamingContent: StreamingContent

  constructor(streamingContent: StreamingContent, options: ResponseOptions = {}) {
    super('', options)
    this.streamingContent = streamingContent
  }

  override get streaming(): boolean {
    return true
  }

  override get content(): never {
    throw new ResponseError('A streaming response has no content to read; use streamingContent.')
  }

  override set content(_content: ResponseContent) {
    throw new ResponseError('The content of a streaming response cannot be set; set streamingContent.')
  }

  protected override body(): Body {
    return this.streamingContent
  }
}
