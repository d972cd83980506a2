package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The message that Redis gets for a fire. */
sealed interface Message {

  /**
   * As JSON.
   *
   * @throws CallbackException permanently, when the fire does not give what the message needs
   */
  String json(Passport passport, Optional<String> priority) throws CallbackException;

  /** {@code {"chat_id": 42, "response": "Planned: report", "status": "success"}}. */
  record Notification(Template chatId, Template response) implements Message {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    static boolean isChatId(String text) {
      return WHOLE.matcher(text).matches();
    }

    @Override
    public String json(Passport passport, Optional<String> priority) throws CallbackException {
      String chat = chatId.render(passport).strip();
      if (!isChatId(chat)) {
        throw CallbackException.permanent(
            "chat_id: \"" + chat + "\" of \"" + chatId + "\" is not a whole number", null);
      }
      String text = JsonText.of(response.render(passport));
      return "{\"chat_id\": "
          + chat
          + ", \"response\": "
          + text
          + ", \"status\": \"success\""
          + priority.map(word -> ", \"priority\": " + JsonText.of(word)).orElse("")
          + "}";
    }
  }

  /** All values of the fire. */
  record Plain() implements Message {
    @Override
    public String json(Passport passport, Optional<String> priority) {
      Map<String, Object> values = passport.values();
      priority.ifPresent(word -> values.put("priority", word));
      return JsonText.of(values);
    }
  }

  /** The user's document; a priority is only in it if the document has one. */
  record Document(JsonTemplate document) implements Message {
    @Override
    public String json(Passport passport, Optional<String> priority) {
      return document.render(passport);
    }
  }
}
