package io.actionscheduler.callback.redis;

import redis.clients.jedis.Protocol;

/** The kinds of places in Redis that fires go to; each is set by the setting of its name. */
enum Destination {
  LIST(Protocol.Command.RPUSH, true),
  STREAM(Protocol.Command.XADD, false),
  CHANNEL(Protocol.Command.PUBLISH, false);

  private final Protocol.Command command;
  private final boolean takesMany;

  Destination(Protocol.Command command, boolean takesMany) {
    this.command = command;
    this.takesMany = takesMany;
  }

  /** Whether one request can hold several messages. */
  boolean takesMany() {
    return takesMany;
  }

  Protocol.Command command() {
    return command;
  }
}
