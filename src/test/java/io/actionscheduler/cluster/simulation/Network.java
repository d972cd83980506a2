package io.actionscheduler.cluster.simulation;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Between processes and servers: requests and answers take time, get lost, or come to nobody. */
final class Network {
  private static final long TIMEOUT = 2_000;

  /** What a process talks to. */
  enum Server {
    KAFKA,
    POSTGRES,
    TARGET
  }

  private final VirtualTime time;
  private final Random random;
  private final Map<Server, Set<Integer>> cut = new EnumMap<>(Server.class);
  private double lossOfAnswers;

  Network(VirtualTime time, Random random) {
    this.time = time;
    this.random = random;
    for (Server server : Server.values()) {
      cut.put(server, new HashSet<>());
    }
  }

  void cut(Server server, int node) {
    cut.get(server).add(node);
  }

  void mend() {
    cut.values().forEach(Set::clear);
    lossOfAnswers = 0;
  }

  void loseAnswers(double share) {
    lossOfAnswers = share;
  }

  /**
   * Has {@code server} do {@code request}.
   *
   * @param alive runs what is told to the process: not while it sleeps, never once it is dead
   * @param answered is told the answer
   * @param unknown is told that there was none: it may have been done, or not
   */
  <T> void ask(
      Node.Life alive, Server server, Supplier<T> request, Consumer<T> answered, Runnable unknown) {
    Runnable none = () -> time.in(TIMEOUT, () -> alive.run(unknown));
    time.in(
        delay(),
        () -> {
          if (isCut(server, alive.node())) {
            none.run();
            return;
          }
          T answer = request.get();
          if (isCut(server, alive.node()) || random.nextDouble() < lossOfAnswers) {
            none.run();
          } else {
            time.in(delay(), () -> alive.run(() -> answered.accept(answer)));
          }
        });
  }

  private boolean isCut(Server server, int node) {
    return cut.get(server).contains(node);
  }

  private long delay() {
    return 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 30);
  }
}
