package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes requests to Redis of fires.
 *
 * @param key of the list, stream or channel
 * @param maxLength of a stream, approximately; 0 for no limit
 * @param needsSubscriber whether a fire is refused when its channel has no subscriber
 */
record Requests(
    Destination place,
    Template key,
    Message message,
    Optional<Priority> priority,
    int maxLength,
    boolean needsSubscriber) {

  /**
   * A fire in the form for Redis.
   *
   * @param key of the list, stream or channel
   * @param arguments the arguments after the key
   */
  record Entry(String key, List<String> arguments) {
    long characters() {
      return arguments.stream().mapToLong(String::length).sum();
    }
  }

  /**
   * The entry of {@code delivery}.
   *
   * @throws CallbackException permanently, when its values do not give a key or a message
   */
  Entry of(Delivery delivery) throws CallbackException {
    Passport passport = new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
    Optional<String> word = Optional.empty();
    if (priority.isPresent()) {
      word = Optional.of(priority.get().of(passport));
    }
    Optional<String> field = word.filter(any -> priority.get().asField());
    String suffix = word.filter(any -> priority.get().asKey()).map(":"::concat).orElse("");
    return new Entry(
        key(passport) + suffix,
        switch (place) {
          case LIST, CHANNEL -> List.of(message.json(passport, field));
          case STREAM -> fields(passport, field);
        });
  }

  /** Checks the answer to a request that Redis carried out. */
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

  private List<String> fields(Passport passport, Optional<String> field) throws CallbackException {
    List<String> fields = new ArrayList<>();
    if (maxLength > 0) {
      fields.addAll(List.of("MAXLEN", "~", Integer.toString(maxLength)));
    }
    fields.add("*"); // * lets Redis choose the id of the entry
    if (message instanceof Message.Plain) {
      for (Map.Entry<String, Object> value : passport.values().entrySet()) {
        if (value.getValue() != null) {
          fields.add(value.getKey());
          fields.add(text(value.getValue()));
        }
      }
      field.ifPresent(priority -> fields.addAll(List.of("priority", priority)));
    } else {
      fields.add("message");
      fields.add(message.json(passport, field));
    }
    return fields;
  }

  private static String text(Object value) {
    return value instanceof String text ? text : JsonText.of(value);
  }
}
