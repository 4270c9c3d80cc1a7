// Prints a TCP port of 127.0.0.1 that nothing listens on.
import { createServer } from 'node:net';

const server = createServer().listen(0, '127.0.0.1', () => {
  console.log(server.address().port);
  server.close();
});
