// Preloaded into a peer that would listen on every interface: in a bench, everything stays on this machine.
import { Server } from 'node:net'

const listen = Server.prototype.listen
Server.prototype.listen = function (port, host, ...rest) {
  return typeof port === 'number' && typeof host !== 'string'
    ? listen.call(this, port, '127.0.0.1', ...(host === undefined ? [] : [host]), ...rest)
    : listen.call(this, port, host, ...rest)
}
