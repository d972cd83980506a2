package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import java.util.List;

/**
 * How urgent a fire is, in the consumer's words.
 *
 * @param allowed the known words; empty for any
 * @param asField whether the message has it
 * @param asKey whether each priority has a list, stream or channel of its own
 */
record Priority(Template word, List<String> allowed, boolean asField, boolean asKey) {
  Priority {
    allowed = List.copyOf(allowed);
  }

  String of(Passport passport) throws CallbackException {
    String priority = word.render(passport).strip();
    if (allowed.isEmpty() ? priority.isEmpty() : !allowed.contains(priority)) {
      throw CallbackException.permanent(
          "priority \""
              + priority
              + "\" of \""
              + word
              + "\" is unknown; known: "
              + (allowed.isEmpty() ? "any but none" : String.join(", ", allowed)),
          null);
    }
    return priority;
  }
}
