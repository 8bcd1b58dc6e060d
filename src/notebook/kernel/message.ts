import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

const delimiter = '<IDS|MSG>';
const session = randomUUID();

/** The first part of a Jupyter message. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/**
 * A message of Jupyter's wire protocol (https://jupyter-client.readthedocs.io/en/stable/messaging.html), which tslab
 * keeps private in its own version.
 */
export class Message {
  private constructor(
    readonly identities: readonly Buffer[],
    readonly header: Header,
    readonly parent: Partial<Header>,
    readonly content: Record<string, unknown>,
  ) {}

  /** Read the frames of a socket. Throws if they are no message or not signed with `key`. */
  static parse(frames: readonly Buffer[], key: string): Message {
    const at = frames.findIndex(frame => frame.toString() === delimiter);
    const signature = frames[at + 1];
    const [header, parent, metadata, content] = frames.slice(at + 2);
    if (at < 0 || !signature || !header || !parent || !metadata || !content) {
      throw new Error(`Expected a Jupyter message of 6 parts, received ${frames.length}.`);
    }
    const signed = sign([header, parent, metadata, content], key);
    if (signed.length !== signature.length || !timingSafeEqual(Buffer.from(signed), signature)) {
      throw new Error('Expected a Jupyter message signed with the key of this kernel, received another.');
    }
    const ownHeader: Header = JSON.parse(header.toString());
    const parentHeader: Partial<Header> = JSON.parse(parent.toString());
    const body: Record<string, unknown> = JSON.parse(content.toString());
    return new Message(frames.slice(0, at), ownHeader, parentHeader, body);
  }

  /** A message that answers this one, for the socket it came from. */
  reply(type: string, content: Record<string, unknown>): Message {
    return new Message(this.identities, this.nextHeader(type), this.header, content);
  }

  /** A message about this one for all who listen on iopub. */
  publication(type: string, content: Record<string, unknown>): Message {
    return new Message([Buffer.from(type)], this.nextHeader(type), this.header, content);
  }

  /** The frames to send. */
  frames(key: string): (Buffer | string)[] {
    return [...this.identities, ...Message.frames(key, this.header, this.parent, this.content)];
  }

  /** The frames of a message without identities. */
  static frames(
    key: string,
    header: Header,
    parent: Partial<Header>,
    content: Record<string, unknown>,
  ): string[] {
    const parts = [header, parent, {}, content].map(part => JSON.stringify(part));
    return [delimiter, sign(parts, key), ...parts];
  }

  private nextHeader(type: string): Header {
    const date = new Date().toISOString();
    return {
      msg_id: randomUUID(),
      msg_type: type,
      session,
      username: this.header.username,
      date,
      version: '5.3',
    };
  }
}

function sign(parts: readonly (Buffer | string)[], key: string): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}
