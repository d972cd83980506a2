package io.actionscheduler.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * PostgreSQL's protocol, version 3, without encryption. A commit is the text COMMIT, as a simple
 * query or as a statement: the JDBC driver parses it once on each connection, under a name, and
 * binds that name from then on.
 */
public final class PostgresConversation implements Conversation {
  private static final String COMMIT = "COMMIT";
  private static final Set<Integer> WISHES = Set.of(80_877_103, 80_877_104); // for TLS, for GSSAPI

  private final Set<String> commits = new HashSet<>(); // names of statements
  private final AtomicInteger bareAnswers = new AtomicInteger(); // a byte each, on their way
  private boolean begun;

  @Override
  public Message request(DataInputStream in) throws IOException {
    if (!begun) {
      return opening(in);
    }
    ByteBuffer message = message(in);
    boolean commit =
        switch (message.get(0)) {
          case 'Q' -> text(message).equals(COMMIT);
          case 'P' -> {
            parsed(text(message), text(message));
            yield false;
          }
          case 'B' -> {
            text(message); // the portal
            yield commits.contains(text(message));
          }
          default -> false;
        };
    return new Message(message.array(), commit);
  }

  /** The messages before the first answer bear no type. */
  private Message opening(DataInputStream in) throws IOException {
    int length = in.readInt();
    ByteBuffer message = ByteBuffer.allocate(length).putInt(length);
    in.readFully(message.array(), Integer.BYTES, length - Integer.BYTES);
    if (WISHES.contains(message.getInt())) {
      bareAnswers.incrementAndGet();
    } else {
      begun = true;
    }
    return new Message(message.array(), false);
  }

  private void parsed(String name, String sql) {
    if (sql.equals(COMMIT)) {
      commits.add(name);
    } else {
      commits.remove(name);
    }
  }

  @Override
  public Message answer(DataInputStream in) throws IOException {
    in.mark(1);
    byte first = in.readByte(); // after it, so that the request is surely counted
    if (bareAnswers.get() > 0) {
      bareAnswers.decrementAndGet();
      return new Message(new byte[] {first}, false);
    }
    in.reset();
    ByteBuffer message = message(in);
    return new Message(message.array(), message.get(0) == 'C' && text(message).equals(COMMIT));
  }

  /** A whole message; positioned behind its type and its length. */
  private static ByteBuffer message(DataInputStream in) throws IOException {
    byte type = in.readByte();
    int length = in.readInt();
    ByteBuffer message = ByteBuffer.allocate(1 + length).put(type).putInt(length);
    in.readFully(message.array(), message.position(), length - Integer.BYTES);
    return message;
  }

  /** The text up to the next zero. */
  private static String text(ByteBuffer message) {
    int from = message.position();
    while (message.get() != 0) {
      continue;
    }
    return new String(message.array(), from, message.position() - 1 - from, UTF_8);
  }
}
