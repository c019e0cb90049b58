/** Byte 0x81: a final WebSocket frame with text in it (RFC 6455 §5.2). */
const finalText = 0x81;

/**
 * Encodes one Socket.IO event as one ready, unmasked WebSocket frame: header and content in a single buffer,
 * so that ten thousand sockets share it and each costs one write. `json` is the event's only argument, already text.
 */
export function eventFrame(event: string, json: string): Buffer {
  const text = `42["${event}",${json}]`; // 4: Engine.IO message, 2: Socket.IO event
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = finalText;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header);
  return frame;
}
