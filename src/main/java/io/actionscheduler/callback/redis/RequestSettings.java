package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.TemplateSettings;
import io.actionscheduler.template.Escape;
import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the destination in Redis and the form of messages. */
final class RequestSettings {
  static final Set<String> KEYS =
      Set.of(
          "list",
          "stream",
          "channel",
          "form",
          "chat_id",
          "response",
          "message",
          "priority",
          "priorities.*",
          "priorities",
          "priority_as",
          "max_length",
          "require_subscriber");

  private final CallbackSettings settings;
  private final TemplateSettings templates;

  private RequestSettings(CallbackSettings settings) {
    this.settings = settings;
    this.templates = new TemplateSettings(settings);
  }

  static Requests read(CallbackSettings settings) throws InvalidSetting {
    return new RequestSettings(settings).read();
  }

  private Requests read() throws InvalidSetting {
    Message message = message();
    Optional<Priority> priority = priority();
    int maxLength = settings.number("max_length", 0, 1, Integer.MAX_VALUE);
    boolean requireSubscriber = settings.flag("require_subscriber", false);
    Destination place = place(); // last, since its fault is about the callback as a whole
    onlyFor(Destination.STREAM, place, "max_length");
    onlyFor(Destination.CHANNEL, place, "require_subscriber");
    Template target = templates.get(key(place), "", Escape.PLAIN);
    return new Requests(place, target, message, priority, maxLength, requireSubscriber);
  }

  private Destination place() throws InvalidSetting {
    List<Destination> set = new ArrayList<>();
    for (Destination place : Destination.values()) {
      if (settings.text(key(place)).isPresent()) {
        set.add(place);
      }
    }
    if (set.size() != 1) {
      throw new InvalidSetting(
          settings.prefix()
              + ": "
              + (set.isEmpty() ? "none" : "more than one")
              + " of list, stream and channel is set; set exactly one");
    }
    return set.get(0);
  }

  private Message message() throws InvalidSetting {
    Optional<JsonTemplate> document = templates.findJson("message");
    String form = settings.text("form").orElse(document.isPresent() ? "message" : "plain").strip();
    Message message =
        switch (form) {
          case "notification" -> notification();
          case "plain" -> new Message.Plain();
          case "message" ->
              new Message.Document(
                  document.orElseThrow(
                      () ->
                          new InvalidSetting(
                              settings.prefix()
                                  + ".message: required with form: message, and not set")));
          default -> throw settings.invalid("form", form, "notification, plain or message");
        };
    if (!form.equals("notification")) {
      neededFor("notification", "chat_id");
      neededFor("notification", "response");
    }
    if (!form.equals("message")) {
      neededFor("message", "message");
    }
    return message;
  }

  private Message notification() throws InvalidSetting {
    Template chatId = templates.get("chat_id", "{parameters.chat_id|0}", Escape.PLAIN);
    if (chatId.isFixed() && !Message.Notification.isChatId(chatId.toString().strip())) {
      throw settings.invalid("chat_id", chatId.toString(), "a whole number, or a template for one");
    }
    return new Message.Notification(chatId, templates.get("response", "{command}", Escape.PLAIN));
  }

  private Optional<Priority> priority() throws InvalidSetting {
    Optional<Template> word = templates.find("priority", Escape.PLAIN);
    List<String> allowed = settings.list("priorities");
    if (word.isEmpty()) {
      if (!allowed.isEmpty() || settings.text("priority_as").isPresent()) {
        throw new InvalidSetting(
            settings.prefix()
                + ".priority: required where priorities or priority_as is set, such as"
                + " {parameters.priority|normal}");
      }
      return Optional.empty();
    }
    String as = settings.text("priority_as").orElse("field").strip();
    return Optional.of(
        switch (as) {
          case "field" -> new Priority(word.get(), allowed, true, false);
          case "key" -> new Priority(word.get(), allowed, false, true);
          case "both" -> new Priority(word.get(), allowed, true, true);
          default -> throw settings.invalid("priority_as", as, "field, key or both");
        });
  }

  private void onlyFor(Destination needed, Destination place, String key) throws InvalidSetting {
    if (place != needed && settings.text(key).isPresent()) {
      throw new InvalidSetting(settings.prefix() + "." + key + ": only for a " + key(needed));
    }
  }

  private void neededFor(String form, String key) throws InvalidSetting {
    if (settings.text(key).isPresent()) {
      throw new InvalidSetting(settings.prefix() + "." + key + ": only with form: " + form);
    }
  }

  private static String key(Destination place) {
    return place.name().toLowerCase(Locale.ROOT);
  }
}
