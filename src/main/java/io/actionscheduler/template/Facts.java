package io.actionscheduler.template;

import java.util.Map;
import java.util.Optional;

/** What a template takes its values from. */
public interface Facts {

  /** The value of a name: text, or another JSON value; empty where it does not apply. */
  Optional<Object> value(String name);

  /** JSON values that templates reach as {@code parameters.NAME}; empty for none. */
  Map<String, Object> parameters();
}
