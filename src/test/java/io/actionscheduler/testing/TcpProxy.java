package io.actionscheduler.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server on 127.0.0.1 and does what networks do: refuses, cuts, and
 * keeps back answers while requests get through.
 */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean refusing;
  private boolean holding;
  private boolean closed;
  private long held;

  private TcpProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A proxy that refuses connections until it is told where {@link #to} lead them. */
  public static TcpProxy open() {
    try {
      TcpProxy proxy = new TcpProxy(0);
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
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        daemon(() -> copy(client, server, false));
        daemon(() -> copy(server, client, true));
      } catch (IOException e) {
        // the target is down, or this proxy was closed: the loop's condition tells
      }
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (answers) {
          passWhenReleased(n);
        }
        out.write(bytes, 0, n);
      }
    } catch (IOException | InterruptedException e) {
      // either end hung up, or the connection was cut: both sockets are closed by now
    } finally {
      open.remove(from);
      open.remove(to);
    }
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
