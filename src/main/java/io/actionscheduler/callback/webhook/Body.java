package io.actionscheduler.callback.webhook;

import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;

/** The body of requests. */
sealed interface Body {
  String JSON_TYPE = "application/json";

  String of(Passport passport);

  /** The content type; empty for no body. */
  String contentType();

  /** All values of the fire, as JSON. */
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

  /** The user's JSON. */
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

  /** The user's text. */
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
