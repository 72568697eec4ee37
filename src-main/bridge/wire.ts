import { z } from 'zod';
import { BRIDGE_FRAME_BYTES_MAX, BRIDGE_FRAMES_BURST_MAX, BRIDGE_FRAMES_PER_SECOND_MAX } from '../../src-shared/config/index.ts';
import type { ErrorCode } from '../../src-shared/errors/index.ts';
import type { Handler, Notice } from './router.ts';

/** One page's two-way line: a WebSocket or a message port. */
export interface Wire {
  /** Resolves when the other side can take more, or the line is gone; never rejects. */
  send(frame: string): Promise<void>;
  /** Whatever arrives; text is what a page sends, anything else is refused. */
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  close(code: ErrorCode): void;
}

export interface WireOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly notice: Notice;
}

/**
 * The only messages a page has reason to send: a request with plain JSON, or taking one back. Blobs, event streams, typed JSON and headers
 * of the RPC protocol never reach its decoder.
 */
const frameSchema = z.union([
  z.strictObject({
    i: z.string().min(1).max(40),
    p: z.strictObject({ u: z.string().regex(/^(\/[a-zA-Z]{1,40}){2}$/), b: z.strictObject({ json: z.json().optional() }).optional() }),
  }),
  z.strictObject({ i: z.string().min(1).max(40), t: z.literal(4) }),
]);

/** Connects a line to the handlers: every frame is checked for kind, size, rate and shape first; a bad one ends the line. */
export function serveWire(handler: Handler, wire: Wire, options: WireOptions): void {
  const allowance = openAllowance(options.now);
  const listeners: ((event: { readonly data: string }) => void)[] = [];
  let open = true;
  const end = (code: ErrorCode): void => {
    if (!open) return;
    open = false;
    options.notice('bridge.line-ended', { code });
    wire.close(code);
  };
  wire.onClose(() => {
    open = false;
  });
  wire.onFrame((frame) => {
    if (!open) return;
    const code = faultOf(frame) ?? (allowance.take() ? null : 'bridge.rate-limited');
    if (code === null) for (const listener of listeners) listener({ data: frame as string });
    else end(code);
  });
  const socket = {
    send: (frame: string) => (open ? wire.send(frame) : Promise.resolve()),
    addEventListener: (type: string, listener: (event: never) => void) => {
      if (type === 'message') listeners.push(listener as (event: { readonly data: string }) => void);
      if (type === 'close') wire.onClose(() => listener(undefined as never));
    },
  };
  void handler.upgrade(socket as unknown as Parameters<Handler['upgrade']>[0], { context: { streams: 0 } });
}

function faultOf(frame: unknown): ErrorCode | null {
  if (typeof frame !== 'string') return 'bridge.bad-request';
  if (frame.length > BRIDGE_FRAME_BYTES_MAX) return 'bridge.frame-too-large';
  try {
    return frameSchema.safeParse(JSON.parse(frame)).success ? null : 'bridge.bad-request';
  } catch {
    return 'bridge.bad-request';
  }
}

function openAllowance(now: () => number): { take(): boolean } {
  let left = BRIDGE_FRAMES_BURST_MAX;
  let last = now();
  return {
    take() {
      const time = now();
      left = Math.min(BRIDGE_FRAMES_BURST_MAX, left + ((time - last) / 1000) * BRIDGE_FRAMES_PER_SECOND_MAX);
      last = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
