/** Header of a handshake in which the pass of a crowd stands. */
export const passHeader = 'x-demo-crowd';
