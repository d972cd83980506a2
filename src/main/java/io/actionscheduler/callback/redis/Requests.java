package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;

/**
 * Turns fires into requests to Redis.
 *
 * @param key of the list, stream or channel
 * @param maxLength of a stream, about; 0 for no bound
 * @param needsSubscriber whether a channel on which nobody listens refuses
 */
record Requests(
    Place place,
    Template key,
    Message message,
    Optional<Priority> priority,
    int maxLength,
    boolean needsSubscriber) {

  /**
   * The request that delivers a fire.
   *
   * @throws CallbackException when none can be made of it
   */
  CommandArguments of(Delivery delivery) throws CallbackException {
    Passport passport = new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
    Optional<String> word = Optional.empty();
    if (priority.isPresent()) {
      word = Optional.of(priority.get().of(passport));
    }
    Optional<String> field = word.filter(any -> priority.get().asField());
    Optional<String> suffix = word.filter(any -> priority.get().asKey());
    CommandArguments request =
        new CommandArguments(place.command())
            .add(key(passport) + suffix.map(":"::concat).orElse(""));
    return switch (place) {
      case LIST, CHANNEL -> request.add(message.json(passport, field));
      case STREAM -> entry(request, passport, field);
    };
  }

  /** Checks what Redis answered to a request that it took. */
  void check(Object reply) throws CallbackException {
    if (needsSubscriber && Long.valueOf(0).equals(reply)) {
      throw CallbackException.refused("nobody has subscribed to \"" + key + "\"", null);
    }
  }

  private String key(Passport passport) throws CallbackException {
    String rendered = key.render(passport);
    if (rendered.isEmpty()) {
      throw CallbackException.permanent("\"" + key + "\" gives an empty name", null);
    }
    return rendered;
  }

  private CommandArguments entry(
      CommandArguments request, Passport passport, Optional<String> field)
      throws CallbackException {
    if (maxLength > 0) {
      request.add("MAXLEN").add("~").add(maxLength);
    }
    request.add("*");
    if (message instanceof Message.Plain) {
      for (Map.Entry<String, Object> value : passport.values().entrySet()) {
        if (value.getValue() != null) {
          request.add(value.getKey()).add(text(value.getValue()));
        }
      }
      field.ifPresent(priority -> request.add("priority").add(priority));
    } else {
      request.add("message").add(message.json(passport, field));
    }
    return request;
  }

  private static String text(Object value) {
    return value instanceof String text ? text : JsonText.of(value);
  }
}
