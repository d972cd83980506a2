package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.Reasons;
import java.util.Set;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisException;

/** Decides what answers and timeouts of Redis mean for a fire. */
final class RedisErrors {
  /** Errors about the server, not about the request. */
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "LOADING",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "READONLY",
          "MISCONF",
          "OOM",
          "BUSY",
          "TRYAGAIN",
          "NOREPLICAS",
          "NOAUTH",
          "WRONGPASS",
          "DENIED",
          "MOVED",
          "ASK");

  /** Errors about the server that have no code of their own. */
  private static final Pattern ALSO_OF_THE_SERVER =
      Pattern.compile("unauthenticated|max number of clients");

  /** Errors about the command, which the settings choose: every fire would fail. */
  private static final Pattern OF_THE_SETTINGS =
      Pattern.compile("^ERR unknown command|^NOPERM .*permissions to run");

  private RedisErrors() {}

  /** Whether an error is about the server, so that every request would fail. */
  static boolean isOfTheServer(JedisException e) {
    return OF_THE_SERVER.contains(code(e)) || ALSO_OF_THE_SERVER.matcher(error(e)).find();
  }

  /** Whether Redis closes the connection after this error and ignores later requests on it. */
  static boolean hangsUp(JedisException e) {
    return error(e).contains("Protocol error: ");
  }

  /** The failure when Redis answered a request with an error, and so has not carried it out. */
  static CallbackException refused(String target, JedisException e) {
    String error = error(e);
    String code = code(e);
    String message = target + ": " + error;
    if (code.equals("MOVED") || code.equals("ASK")) {
      return CallbackException.unavailable(
          message + " (a node of a cluster; name a server outside of clusters)", e);
    }
    if (isOfTheServer(e) || OF_THE_SETTINGS.matcher(error).find()) {
      return CallbackException.unavailable(message, e);
    }
    if (error.contains("invalid bulk length")) {
      return CallbackException.permanent(message + " (the message is too large for it)", e);
    }
    return CallbackException.refused(message, e);
  }

  static CallbackException notReached(String target, RuntimeException e) {
    return CallbackException.unavailable(target + ": " + Reasons.of(e), e);
  }

  static CallbackException notAnswered(String target, JedisException e) {
    return CallbackException.unavailableUnknown(
        target + ": the connection broke before it answered: " + Reasons.of(e), e);
  }

  private static String error(JedisException e) {
    return String.valueOf(e.getMessage());
  }

  private static String code(JedisException e) {
    return error(e).split(" ", 2)[0];
  }
}
