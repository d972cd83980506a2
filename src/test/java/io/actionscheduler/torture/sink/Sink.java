package io.actionscheduler.torture.sink;

import io.actionscheduler.callback.Callback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.fire.Fire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The callback under torture: a line with the passport to a receiver on 127.0.0.1, which answers
 * {@code ok} when it has it for good. Compiled into a plugin.
 *
 * <p>With {@code forgets: 5} it is a planted fault: action 1's fires at every fifth second are
 * confirmed and not sent.
 */
public final class Sink implements Callback {
  private final int port;
  private final int forgets;
  private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();

  public Sink(CallbackSettings settings) throws InvalidSetting {
    this.port = settings.number("port", 0, 1, 65535);
    this.forgets = settings.number("forgets", 0, 0, 1_000_000);
  }

  @Override
  public void deliver(Delivery delivery) throws CallbackException {
    if (forgets > 0 && isForgotten(delivery.fire())) {
      return;
    }
    Line line = Optional.ofNullable(idle.poll()).orElseGet(Line::new);
    if (line.exchange(passport(delivery)).equals("ok")) {
      idle.push(line);
    } else {
      idle.push(line);
      throw CallbackException.refused("the receiver says no", null);
    }
  }

  private boolean isForgotten(Fire fire) {
    return fire.id().toString().startsWith("1@")
        && fire.scheduledAt().getEpochSecond() % forgets == 0;
  }

  private static String passport(Delivery delivery) {
    Fire fire = delivery.fire();
    return String.join(
        " ",
        Long.toString(ProcessHandle.current().pid()),
        fire.id().toString(),
        Integer.toString(delivery.attempt()),
        Long.toString(fire.missedCount()),
        fire.merged().map(missed -> missed.first().toString()).orElse("-"),
        fire.merged().map(missed -> missed.last().toString()).orElse("-"),
        fire.action().command());
  }

  @Override
  public void close() {
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      line.hangUp();
    }
  }

  /** One connection; made when first used. */
  private final class Line {
    private Optional<Socket> socket = Optional.empty();
    private BufferedReader answers;

    String exchange(String text) throws CallbackException {
      OutputStream out;
      try {
        if (socket.isEmpty()) {
          connect();
        }
        out = socket.get().getOutputStream();
      } catch (IOException e) {
        throw CallbackException.unavailable("no receiver on port " + port, e);
      }
      try {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        String answer = answers.readLine();
        if (answer == null) {
          throw new IOException("the receiver hung up");
        }
        return answer;
      } catch (IOException e) {
        hangUp();
        Sink.this.close(); // the others may be as dead: each would cost a try, and a longer wait
        throw CallbackException.unavailableUnknown("contact with the receiver broke", e);
      }
    }

    private void connect() throws IOException {
      Socket made = new Socket(InetAddress.getLoopbackAddress(), port);
      made.setTcpNoDelay(true);
      made.setSoTimeout(30_000);
      answers =
          new BufferedReader(new InputStreamReader(made.getInputStream(), StandardCharsets.UTF_8));
      socket = Optional.of(made);
    }

    private void hangUp() {
      try {
        if (socket.isPresent()) {
          socket.get().close();
        }
      } catch (IOException e) {
        throw new IllegalStateException("a socket that cannot be closed", e);
      }
    }
  }
}
