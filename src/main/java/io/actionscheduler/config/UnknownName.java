package io.actionscheduler.config;

import io.actionscheduler.config.Catalogue.Place;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.Secrets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The message about an unknown setting. */
final class UnknownName {
  static final String NO_CALLBACK_NAME =
      "is not a name for a callback; allowed: letters, digits, _ and -";

  private UnknownName() {}

  /**
   * @param spelling the form of names in its source
   */
  static String message(
      Catalogue catalogue, String path, Optional<String> value, UnaryOperator<String> spelling) {
    if (path.startsWith(Catalogue.CALLBACKS + ".")
        && !Catalogue.isCallbackName(path.split("\\.", -1)[1])) {
      return NO_CALLBACK_NAME;
    }
    Optional<String> suggestion = catalogue.suggestion(path);
    boolean secret = Secrets.isSecret(path) || suggestion.filter(Secrets::isSecret).isPresent();
    String section = path;
    do {
      int dot = section.lastIndexOf('.');
      section = dot < 0 ? "" : section.substring(0, dot);
    } while (catalogue.at(section) != Place.SECTION);
    String hint = suggestion.map(spelling).map(DidYouMean::asked).orElse("");
    String known = known(catalogue, section);
    return "unknown setting"
        + value
            .map(text -> secret ? Secrets.quote("secret", text) : Secrets.quote("", text))
            .map(shown -> ", value " + shown)
            .orElse("")
        + hint
        + (hint.isEmpty() ? known : known.replaceFirst("^;", ""));
  }

  /** The names that a section has. */
  static String known(Catalogue catalogue, String section) {
    var names = catalogue.below(section);
    return names.isEmpty()
        ? ""
        : "; known" + (section.isEmpty() ? "" : " in " + section) + ": " + String.join(", ", names);
  }
}
