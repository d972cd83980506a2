package io.actionscheduler.callback.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/** One request to Redis and the fires that it delivers, by their places in the batch. */
final class Request {
  /** The most values of one list in one request: few answers, and Redis is never busy for long. */
  private static final int MOST = 100;

  /**
   * The most characters of such a request; a larger value is sent by itself, so that only it can
   * fail.
   */
  static final int MOST_CHARACTERS = 64 * 1024;

  private final CommandArguments command;
  private final int most;
  private final List<Integer> fires = new ArrayList<>();
  private long characters;

  Request(Destination place, String key) {
    this.command = new CommandArguments(place.command()).add(key);
    this.most = place.takesMany() ? MOST : 1;
  }

  boolean hasRoomFor(Requests.Entry entry) {
    return fires.isEmpty()
        || fires.size() < most && characters + entry.characters() <= MOST_CHARACTERS;
  }

  void add(int fire, Requests.Entry entry) {
    entry.arguments().forEach(command::add);
    characters += entry.characters();
    fires.add(fire);
  }

  CommandArguments command() {
    return command;
  }

  List<Integer> fires() {
    return fires;
  }
}
