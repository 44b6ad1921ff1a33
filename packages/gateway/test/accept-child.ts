import { type Server, serve } from '../src/index.ts'

const server: Server = await serve(
  async (environ, startResponse) => {
    let body = ''
    for await (const chunk of environ['gateway.input']) body += new TextDecoder().decode(chunk)
    await new Promise((resolve) => setTimeout(resolve, 30))
    startResponse('200 OK', [['Content-Type', 'text/plain']])
    return `${environ.REQUEST_METHOD} ${body} in ${process.pid === Number(process.env.PARENT) ? 'parent' : 'child'}`
  },
  { listener: false },
)
process.on('message', (message, socket) => {
  if (message === 'socket') server.accept(socket as import('node:net').Socket)
  else void server.close().then(() => process.disconnect?.())
})
process.send?.('ready')
