package io.actionscheduler.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a client and a server say to each other on one connection, message by message, so that a
 * {@link TcpProxy} may know what it passes on. Each side is read by one thread of its own.
 */
public interface Conversation {

  /**
   * Bytes that belong together.
   *
   * @param commit of a request, whether it asks for a commit; of an answer, whether it confirms one
   */
  record Message(byte[] bytes, boolean commit) {}

  /** The next message of the client. */
  Message request(DataInputStream in) throws IOException;

  /** The next message of the server. */
  Message answer(DataInputStream in) throws IOException;

  /** Understands nothing: bytes as they come. */
  static Conversation ofBytes() {
    return new Conversation() {
      @Override
      public Message request(DataInputStream in) throws IOException {
        byte[] bytes = new byte[1 << 16];
        int n = in.read(bytes);
        if (n < 0) {
          throw new EOFException();
        }
        return new Message(Arrays.copyOf(bytes, n), false);
      }

      @Override
      public Message answer(DataInputStream in) throws IOException {
        return request(in);
      }
    };
  }
}
