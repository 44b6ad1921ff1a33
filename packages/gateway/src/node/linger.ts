import type { Socket } from 'node:net'

const lingerMs = 2_000

/**
 * Makes the coming end of a connection wait for the client's. Destroying a socket that has unread bytes resets the
 * connection, and a client that is still sending then loses the answer that was meant for it (RFC 9112 §9.6).
 */
export function lingerBeforeDestroy(socket: Socket): void {
  // Node ends a connection after its last response by this method.
  socket.destroySoon = function destroySoon(this: Socket) {
    const timer = setTimeout(() => this.destroy(), lingerMs)
    timer.unref()
    this.once('close', () => clearTimeout(timer))
    this.end()
  }
}
