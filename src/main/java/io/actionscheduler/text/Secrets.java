package io.actionscheduler.text;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks secrets: recognized by the name of a setting, and by the form of a value. Settings, log
 * lines, stored errors, and everything made from them are masked here.
 *
 * <p>Texts may be long and hostile, so no pattern may go back far: a name is looked at only where
 * its sign follows, repeated groups are possessive (others overflow the stack), and what has to be
 * looked for from many places is looked for word by word.
 */
public final class Secrets {
  public static final String MASK = "***";

  private static final String WORDS =
      "passw|passphrase|pgpass|pwd|secret|token|api_?key|private_?key|access_?key|credential"
          + "|authorization|jaas|signature|cookie|keystore\\.key|ssl\\.key";

  private static final Pattern NAMES =
      Pattern.compile(WORDS + "|(?:^|[._])(?:x_)?auth$|(?:^|[._])pass$|(?:^|[._])sig$");

  /** Holds an address whole. */
  private static final Pattern WORD = Pattern.compile("[^\\s\"]++");

  /**
   * User and password of a value that may be an address without its slashes; fires are named alike.
   */
  private static final Pattern BARE_USER_INFO = Pattern.compile("^([^\\s:@/\"]*):(?!//)[^\\s\"]*@");

  /** A parameter of an address, an option or an assignment. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?<![\\w.-])(?=[\\w.-]++\\s*+=)"
              + "(?>[\\w.-]*(?:passw|pwd|secret|token|api[_-]?key|access[_-]?key|signature|jaas)[\\w.-]*+"
              + "\\s*+=\\s*+)|[?&;](?:sig|auth|key|code|pass)=)(?!\"?\\*\\*\\*)"
              + "(?:(\\\\{0,31}\")(?:(?!\\2)(?:\\\\.|[^\\r\\n]))*+(?:\\2)?|'[^'\\r\\n]*'|[^&;,\\s\"]+)");

  /** An authorization as a header holds it, its name before it or not. */
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(bearer|basic|apikey)\\s+(?=[\\w.~+/-]*[0-9=])[\\w.~+/=-]{6,}");

  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)((?<![\\w-])(?:proxy-)?authorization|(?<![\\w-])(?:set-)?cookie|(?<![\\w-])(?=x-[\\w-]*+\\s*+:)(?>x-[\\w-]*(?:auth|token|key|secret)[\\w-]*+))"
              + "\\s*+:\\s*+(?!\\*\\*\\*)[^\\s\",][^\\r\\n\"]*");

  /** A member of JSON, of Python's notation, or of JSON inside a text of JSON. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?i)((\\\\{0,31}[\"'])(?=[\\w.-]++\\2)"
              + "(?>[\\w.-]*(?:passw|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\\w.-]*+)"
              + "\\2\\s*+:\\s*+\\2)(?!\\*\\*\\*)(?:\\\\\\\\\\\\[\"']|(?!\\2)(?:\\\\.|.))++");

  /** What follows the name of an option in a sentence about it: {@code --token is required}. */
  private static final String PROSE =
      "(?:is|are|was|were|has|have|must|may|can|cannot|could|should|will|needs?|requires?|required|missing|not|and|or"
          + "|for|of|to|in|on|from|with|without|options?|arguments?|flags?|parameters?|switch)(?=[.,;:!?)]*+(?:\\s|$))";

  /** An option of a command whose next word is the secret. */
  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)((?<!\\S)(?=-[\\w-]++\\s)(?>--?[\\w-]*(?:passw|pwd|secret|token|api-?key|access-?key)[\\w-]*+\\s++))(?![-*]|"
              + PROSE
              + ")(?:\"[^\"]*\"|'[^']*'|\\S+)");

  /**
   * A password that is glued to its option, of programs that take it so; or the rest of the command
   * where there is none.
   */
  private static final Pattern GLUED =
      Pattern.compile(
          "(?<![\\w-])(?:mysql|mariadb|sshpass|mongo|7z)[\\w-]*+"
              + "(?:[^|;&\\r\\n]*?\\s-p(?![-*\\s])(\"[^\"]*\"|'[^']*'|\\S+)|[^|;&\\r\\n]*+)");

  /** User and password of curl, in quotes. */
  private static final Pattern QUOTED_USER_OPTION =
      Pattern.compile(
          "((?<!\\S)(?:-u|-U|--user|--proxy-user)[ =]?([\"'])[^\\s:\"'/]+:)(?!\\*\\*\\*)(?:(?!\\2).)++");

  /** The same without quotes. */
  private static final Pattern USER_OPTION =
      Pattern.compile(
          "((?<!\\S)(?:-u|-U|--user|--proxy-user)[ =]?[^\\s:\"'/]+:)(?!\\*\\*\\*)[^\\s\"']+");

  /**
   * A token in place of a user, in an address of the web: users are rare there, so it is masked.
   */
  private static final Pattern WEB_USER =
      Pattern.compile("(?i)(\\bhttps?://)(?!\\*\\*\\*)[^/\\s\"@:?#]+@(?![^/\\s\"]*@)");

  /** A part of a path that is too long and too mixed for a word: a token of Slack, of Telegram. */
  private static final Pattern KEY_IN_PATH =
      Pattern.compile(
          "(?<=./)(?:bot[0-9]{5,}:[\\w-]+|(?=[^/?#]*[0-9])(?=[^/?#]*[A-Za-z])[\\w~+=-]{20,}"
              + "|[A-Za-z0-9]{24,})(?![\\w.~+=-])");

  private static final Pattern ADDRESS =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*(?:/[^/?#]*)?)([/?#].+)?");

  private Secrets() {}

  /** Whether values of this name are secret whatever they look like. */
  public static boolean isSecret(String key) {
    return NAMES.matcher(key.toLowerCase(Locale.ROOT).replace('-', '_')).find();
  }

  /** {@code value} as people may see it. */
  public static String mask(String key, String value) {
    if (isSecret(key)) {
      return value.isEmpty() ? "" : MASK;
    }
    return BARE_USER_INFO.matcher(maskText(value)).replaceAll("$1:" + MASK + "@");
  }

  /** Any text, such as a message, as people may see it: whatever looks like a secret is masked. */
  public static String maskText(String text) {
    String masked = text;
    if (masked.indexOf('@') >= 0) {
      masked = words(masked, Secrets::withoutPassword);
      masked = WEB_USER.matcher(masked).replaceAll("$1" + MASK + "@");
    }
    if (masked.indexOf('=') >= 0) {
      masked = PARAMETER.matcher(masked).replaceAll("$1" + MASK);
    }
    if (masked.indexOf(':') >= 0) {
      masked = HEADER.matcher(masked).replaceAll("$1: " + MASK);
      masked = MEMBER.matcher(masked).replaceAll("$1" + MASK);
    }
    if (masked.indexOf('-') >= 0) {
      masked = commandLine(masked);
    }
    masked = SCHEME.matcher(masked).replaceAll("$1 " + MASK);
    return masked.contains("://") ? words(masked, Secrets::withoutKeyInPath) : masked;
  }

  private static String words(String text, UnaryOperator<String> mask) {
    return WORD.matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(mask.apply(word.group())));
  }

  /**
   * From the colon behind a user to the last at-sign, as a password may hold any character; also
   * where a user holds an at-sign, and the address is none to a parser.
   */
  private static String withoutPassword(String word) {
    int slashes = word.indexOf("//");
    int colon = slashes < 0 ? -1 : word.indexOf(':', slashes);
    int end = word.lastIndexOf('@');
    return colon < 0 || end < colon
        ? word
        : word.substring(0, colon + 1) + MASK + word.substring(end);
  }

  private static String withoutKeyInPath(String word) {
    int scheme = word.indexOf("://");
    return scheme < 0
        ? word
        : word.substring(0, scheme + 3)
            + KEY_IN_PATH.matcher(word.substring(scheme + 3)).replaceAll(MASK);
  }

  private static String commandLine(String text) {
    String masked = OPTION.matcher(text).replaceAll("$1" + MASK);
    masked = GLUED.matcher(masked).replaceAll(Secrets::withoutGlued);
    masked = QUOTED_USER_OPTION.matcher(masked).replaceAll("$1" + MASK);
    return USER_OPTION.matcher(masked).replaceAll("$1" + MASK);
  }

  private static String withoutGlued(MatchResult command) {
    int secret = command.start(1);
    return Matcher.quoteReplacement(
        secret < 0
            ? command.group()
            : command.group().substring(0, secret - command.start()) + MASK);
  }

  /**
   * An argument of a command that follows {@code before}, the program and all arguments up to it,
   * as people may see it: the secret of an option that is an argument of its own is masked, too.
   */
  public static String maskArgument(String before, String argument) {
    String masked = maskText(before + " " + argument);
    String prefix = maskText(before) + " ";
    return masked.startsWith(prefix) && !masked.equals(prefix + argument)
        ? masked.substring(prefix.length())
        : mask("", argument);
  }

  /** As {@link #mask}; of an address no more than its host and the first part of its path. */
  public static String brief(String key, String value) {
    String masked = mask(key, value);
    var address = ADDRESS.matcher(masked);
    return address.matches() && address.group(2) != null && address.group(2).length() > 1
        ? address.group(1).replaceFirst("/$", "") + "/…"
        : masked;
  }

  /** As {@link #mask}, in quotes and on one line. */
  public static String quote(String key, String value) {
    return Quoted.quote(mask(key, value));
  }

  /** {@code value} that holds settings of any name, in quotes: shown only where it can't matter. */
  public static String quoteUnread(String value) {
    return NAMES.matcher(value.toLowerCase(Locale.ROOT)).find()
        ? "\"" + MASK + "\""
        : quote("", value);
  }
}
