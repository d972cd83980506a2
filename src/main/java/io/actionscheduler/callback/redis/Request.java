package io.actionscheduler.callback.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/** One request to Redis and the fires that it delivers, by their places in the batch. */
final class Request {
  /** So many values of one list go in one request: fewer answers, and Redis is soon free again. */
  private static final int MOST = 100;

  private final CommandArguments command;
  private final List<Integer> fires = new ArrayList<>();

  Request(Place place, String key) {
    this.command = new CommandArguments(place.command()).add(key);
  }

  void add(int fire, List<String> arguments) {
    arguments.forEach(command::add);
    fires.add(fire);
  }

  boolean isFull() {
    return fires.size() >= MOST;
  }

  CommandArguments command() {
    return command;
  }

  List<Integer> fires() {
    return fires;
  }
}
