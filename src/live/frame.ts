/** First byte of a final WebSocket frame with text or with bytes in it (RFC 6455 §5.2). */
const finalText = 0x81;
const finalBinary = 0x82;

/**
 * Encodes one Socket.IO event as one ready, unmasked WebSocket frame: header and content in a single buffer,
 * so that ten thousand sockets share it and each costs one write. `json` is the event's only argument, already text.
 */
export function eventFrame(event: string, json: string): Buffer {
  return frame(finalText, Buffer.from(`42["${event}",${json}]`)); // 4: Engine.IO message, 2: Socket.IO event
}

/** The same for an event with bytes as its second argument: a frame that announces them, and one that holds them. */
export function binaryEventFrame(event: string, json: string, bytes: Buffer): Buffer {
  const announced = `451-["${event}",${json},{"_placeholder":true,"num":0}]`; // 5: Socket.IO event with one attachment
  return Buffer.concat([frame(finalText, Buffer.from(announced)), frame(finalBinary, bytes)]);
}

function frame(first: number, content: Buffer): Buffer {
  const { length } = content;
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const made = Buffer.allocUnsafe(header + length);
  made[0] = first;
  if (header === 2) made[1] = length;
  else if (header === 4) {
    made[1] = 126;
    made.writeUInt16BE(length, 2);
  } else {
    made[1] = 127;
    made.writeBigUInt64BE(BigInt(length), 2);
  }
  content.copy(made, header);
  return made;
}
