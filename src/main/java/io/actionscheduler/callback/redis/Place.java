package io.actionscheduler.callback.redis;

import redis.clients.jedis.Protocol;

/** The kinds of places in Redis that fires go to; each is set by the setting of its name. */
enum Place {
  LIST(Protocol.Command.RPUSH),
  STREAM(Protocol.Command.XADD),
  CHANNEL(Protocol.Command.PUBLISH);

  private final Protocol.Command command;

  Place(Protocol.Command command) {
    this.command = command;
  }

  Protocol.Command command() {
    return command;
  }
}
