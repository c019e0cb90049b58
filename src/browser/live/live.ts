import { postAction, type Doors } from './doors.ts';
import { openLine, type Line } from './line.ts';
import { unanswered, type Address, type Delta, type Outcome, type Row } from './messages.ts';
import { Room, type RoomOptions } from './room.ts';

/** A page's live side. */
export interface Live {
  /** Joins a room; gives the function that leaves it. */
  joinRoom(options: RoomOptions): () => void;
  /** Does an action over the socket, or over HTTP where there is none. Never throws. */
  act(name: string, input: unknown): Promise<Outcome>;
  /** Tries to connect at once: the page is looked at again. */
  hurry(): void;
  /** The network is gone; what is shown says so in the same moment. */
  cut(): void;
  /** The network is back, or somebody will not wait: connects and fetches what was missed, both at once. */
  retry(): void;
  close(): void;
}

/** Opens the live side of a page. `headers` go with the handshake (in a page the browser sends its cookies itself). */
export function openLive(doors: Doors, headers?: Record<string, string>): Live {
  const rooms = new Set<Room>();
  let line: Line | undefined;

  function connect(): Line {
    if (line) return line;
    const up = () => rooms.forEach((room) => void room.enter());
    const down = () => rooms.forEach((room) => room.lost());
    line = openLine(doors.origin, { up, down }, headers);
    line.on('delta', (delta: Delta & Address) => {
      for (const room of rooms) if (room.isAt(delta)) room.take(delta);
    });
    line.on('packed', (address: Address, packed: ArrayBuffer) => {
      for (const room of rooms) if (room.isAt(address)) room.takePacked(packed);
    });
    line.on('personal', (message: Partial<Address> & { rows: Row[] }) => {
      for (const room of rooms) if (room.isAt(message)) room.takePersonal(message.rows);
    });
    return line;
  }

  return {
    joinRoom: (options) => {
      const opened = connect();
      const room = new Room(options, doors, opened);
      rooms.add(room);
      if (opened.connected) void room.enter();
      return () => {
        rooms.delete(room);
        room.leave();
      };
    },
    act: async (name, input) => {
      const outcome = line?.connected ? await askOver(line, name, input) : await postAction(doors, name, input);
      if (outcome.ok) rooms.forEach((room) => room.acted());
      return outcome;
    },
    hurry: () => line?.hurry(),
    cut: () => {
      rooms.forEach((room) => room.cut());
      line?.cut();
    },
    retry: () => {
      line?.hurry();
      rooms.forEach((room) => room.retry());
    },
    close: () => {
      rooms.forEach((room) => room.leave());
      rooms.clear();
      line?.close();
      line = undefined;
    },
  };
}

/** No second try over HTTP: the first may have been done. */
async function askOver(line: Line, name: string, input: unknown): Promise<Outcome> {
  try {
    return (await line.ask('act', name, input)) as Outcome;
  } catch {
    return unanswered('no-answer');
  }
}
