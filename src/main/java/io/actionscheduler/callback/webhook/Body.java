package io.actionscheduler.callback.webhook;

import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;

/** What a request carries. */
sealed interface Body {
  String JSON_TYPE = "application/json";

  String of(Passport passport);

  /** Empty for none. */
  String contentType();

  /** Everything that a delivery tells of its fire, as JSON. */
  record Everything() implements Body {
    @Override
    public String of(Passport passport) {
      return JsonText.of(passport.values());
    }

    @Override
    public String contentType() {
      return JSON_TYPE;
    }
  }

  /** JSON of the user's own. */
  record Document(JsonTemplate document) implements Body {
    @Override
    public String of(Passport passport) {
      return document.render(passport);
    }

    @Override
    public String contentType() {
      return JSON_TYPE;
    }
  }

  /** Text of the user's own. */
  record Text(Template text) implements Body {
    @Override
    public String of(Passport passport) {
      return text.render(passport);
    }

    @Override
    public String contentType() {
      return "text/plain; charset=utf-8";
    }
  }
}
