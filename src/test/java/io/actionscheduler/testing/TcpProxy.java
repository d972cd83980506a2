package io.actionscheduler.testing;

import io.actionscheduler.testing.Conversation.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Stands between a client and a server on 127.0.0.1 and does what networks do: refuses, cuts, and
 * keeps back answers while requests get through. Where it understands what they say, it can cut
 * them in the middle of a commit.
 */
public final class TcpProxy implements AutoCloseable {

  /** Where in a commit. */
  public enum Moment {
    /** The server never hears that it is to commit. */
    BEFORE,
    /** The server has committed, and the client never hears of it. */
    AFTER
  }

  private final Supplier<Conversation> protocol;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean refusing;
  private boolean holding;
  private boolean closed;
  private long held;
  private Optional<Moment> cutting = Optional.empty();

  private TcpProxy(Supplier<Conversation> protocol) throws IOException {
    this.protocol = protocol;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A proxy that refuses connections until it is told where {@link #to} lead them. */
  public static TcpProxy open() {
    return open(Conversation::ofBytes);
  }

  /** The same, which understands the {@code protocol} of each connection. */
  public static TcpProxy open(Supplier<Conversation> protocol) {
    try {
      TcpProxy proxy = new TcpProxy(protocol);
      proxy.refusing = true;
      daemon(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Leads new connections to this port of 127.0.0.1. */
  public void to(int port) {
    target = port;
    refusing = false;
  }

  /** Cuts every connection, and each new one at once, until {@link #mend}. */
  public void cut() {
    refusing = true;
    open.forEach(TcpProxy::closeQuietly);
  }

  /** Lets new connections through again. */
  public void mend() {
    refusing = false;
  }

  /** Cuts, once, as {@link #cut} does, at this moment of the next commit on any connection. */
  public synchronized void cutAt(Moment moment) {
    cutting = Optional.of(moment);
  }

  /** Whether it was cut there within {@code patience}; when not, it will not be any more. */
  public synchronized boolean awaitCut(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos();
        cutting.isPresent() && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    boolean wasCut = cutting.isEmpty();
    cutting = Optional.empty();
    return wasCut;
  }

  /** From now on requests get through and answers do not, until {@link #release}. */
  public synchronized void hold() {
    holding = true;
    held = 0;
  }

  /** Waits until there is an answer that is kept back. */
  public synchronized void awaitHeld() throws InterruptedException {
    while (held == 0) {
      wait();
    }
  }

  /** Lets answers through, those kept back first. */
  public synchronized void release() {
    holding = false;
    notifyAll();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (refusing) {
          closeQuietly(client);
          continue;
        }
        connect(client);
      } catch (IOException e) {
        // this proxy was closed: the loop's condition tells
      }
    }
  }

  private void connect(Socket client) {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) { // the target is down, and so is this
      closeQuietly(client);
      return;
    }
    open.add(client);
    open.add(server);
    Conversation conversation = protocol.get();
    daemon(() -> copy(client, server, false, conversation));
    daemon(() -> copy(server, client, true, conversation));
    if (refusing) { // cut between its coming and its being known
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  private void copy(Socket from, Socket to, boolean answers, Conversation conversation) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      BufferedOutputStream out = new BufferedOutputStream(to.getOutputStream());
      while (true) {
        Message message = answers ? conversation.answer(in) : conversation.request(in);
        if (answers) {
          passWhenReleased(message.bytes().length);
        }
        if (message.commit() && isCutAt(answers ? Moment.AFTER : Moment.BEFORE)) {
          return;
        }
        out.write(message.bytes());
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException e) {
      // either end hung up, or the connection was cut: both sockets are closed by now
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private synchronized boolean isCutAt(Moment moment) {
    if (!cutting.equals(Optional.of(moment))) {
      return false;
    }
    cut();
    cutting = Optional.empty();
    notifyAll();
    return true;
  }

  private synchronized void passWhenReleased(int bytes) throws InterruptedException {
    while (holding && !closed) {
      held += bytes;
      notifyAll();
      wait();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
