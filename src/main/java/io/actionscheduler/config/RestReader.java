package io.actionscheduler.config;

import io.actionscheduler.source.rest.RestSettings;
import io.actionscheduler.source.rest.RestSettings.Access;
import io.actionscheduler.source.rest.RestSettings.Entries;
import io.actionscheduler.source.rest.RestSettings.Report;
import io.actionscheduler.template.Escape;
import io.actionscheduler.template.InvalidTemplate;
import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.RunFacts;
import io.actionscheduler.template.Template;
import io.actionscheduler.text.DidYouMean;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the REST services that list actions: {@code rest} itself, and {@code rest.sources}. */
final class RestReader {
  private static final Set<String> TAKEN = Set.of("table", "rest");
  private static final String NO_PATH =
      " is not a path of an address; write blanks and the like as %20";
  private static final int MEGABYTES_64 = 64 * 1024 * 1024;

  private final Values values;
  private final Problems problems;
  private final Source config;
  private final Set<String> callbacks;

  /**
   * @param config named in messages about what is missing
   * @param callbacks the names of all callbacks
   */
  RestReader(Values values, Problems problems, Source config, Set<String> callbacks) {
    this.values = values;
    this.problems = problems;
    this.config = config;
    this.callbacks = callbacks;
  }

  /** Whether the settings name a REST source. */
  static boolean isAsked(Values values) {
    return !values.below(RestKeys.SECTION).isEmpty();
  }

  /** All sources, the one without a name of its own first; empty when there are none. */
  List<RestSettings> read() {
    if (!isAsked(values)) {
      return List.of();
    }
    List<RestSettings> sources = new ArrayList<>();
    Set<String> names = named();
    if (names.isEmpty() || values.setting(RestKeys.URL.in(RestKeys.SECTION).name()).isPresent()) {
      source(RestKeys.SECTION, RestKeys.SECTION).ifPresent(sources::add);
    }
    for (String name : names) {
      String prefix = RestKeys.SOURCES + "." + name;
      if (TAKEN.contains(name)) {
        problems.add(
            values.below(prefix).values().iterator().next().source(),
            prefix,
            "the name " + name + " is taken; choose another");
      } else {
        source(name, prefix).ifPresent(sources::add);
      }
    }
    return sources;
  }

  private Set<String> named() {
    Set<String> names = new TreeSet<>();
    int start = RestKeys.SOURCES.length() + 1;
    for (String key : values.below(RestKeys.SOURCES).keySet()) {
      names.add(key.substring(start, key.indexOf('.', start)));
    }
    return names;
  }

  private Optional<RestSettings> source(String name, String prefix) {
    Optional<URI> url = values.find(RestKeys.URL.in(prefix)); // never that of another source
    if (url.isEmpty()) {
      if (values.setting(prefix + ".url").isEmpty()) {
        problems.addMissing(
            values.place(prefix + ".url", config),
            prefix + ".url",
            "add the address of the service");
      }
      return Optional.empty();
    }
    String path = own(prefix, RestKeys.LIST).orElse("/api/cronjobs/");
    return list(prefix, url.get(), path)
        .map(
            list ->
                new RestSettings(
                    name,
                    prefix,
                    list,
                    own(prefix, RestKeys.PERIOD)
                        .or(() -> values.find(Keys.TRACK_CHANGES_PERIOD))
                        .orElse(Duration.ofSeconds(30)),
                    access(prefix),
                    entries(prefix),
                    report(prefix, url.get())));
  }

  private Optional<URI> list(String prefix, URI url, String path) {
    try {
      return Optional.of(URI.create(base(url) + path));
    } catch (IllegalArgumentException e) {
      Setting written =
          values
              .setting(prefix + ".path")
              .or(() -> values.setting(RestKeys.SECTION + ".path"))
              .orElseThrow();
      problems.add(written, written.quoted() + NO_PATH);
      return Optional.empty();
    }
  }

  private Access access(String prefix) {
    return new Access(
        own(prefix, RestKeys.HEADER).orElse("Authorization"),
        own(prefix, RestKeys.TOKEN).filter(token -> !token.isBlank()),
        own(prefix, RestKeys.TRIES).orElse(3),
        own(prefix, RestKeys.TRY_DELAY).orElse(Duration.ofSeconds(5)),
        own(prefix, RestKeys.TIMEOUT).orElse(Duration.ofSeconds(10)),
        own(prefix, RestKeys.MAX_PAGES).orElse(1_000),
        own(prefix, RestKeys.MAX_BYTES).orElse(MEGABYTES_64),
        own(prefix, RestKeys.IGNORE_NEXT_HOST).orElse(false));
  }

  private Entries entries(String prefix) {
    Map<String, String> fields = new HashMap<>();
    RestKeys.FIELDS.forEach(
        (what, usual) ->
            own(prefix, RestKeys.field(what))
                .orElse(usual)
                .ifPresent(field -> fields.put(what, field)));
    for (String needed : List.of("id", "cron")) {
      if (!fields.containsKey(needed)) {
        Setting none = setting(prefix, RestKeys.field(needed).name()).orElseThrow();
        problems.add(none, none.quoted() + ": every entry needs one; allowed: a field's name");
      }
    }
    return new Entries(
        fields,
        own(prefix, RestKeys.TIMEZONE).orElse(ZoneId.of("UTC")),
        own(prefix, RestKeys.MERGE_MISSED).or(() -> values.find(Keys.MERGE_MISSED)).orElse(false),
        own(prefix, RestKeys.ACTUALITY_TIME).or(() -> values.find(Keys.ACTUALITY_TIME)).orElse(-1L),
        callbacks(prefix));
  }

  private List<String> callbacks(String prefix) {
    Optional<String> written = own(prefix, RestKeys.CALLBACK).or(() -> values.find(Keys.CALLBACK));
    List<String> names =
        written.map(text -> List.of(text.split("\\s*,\\s*"))).orElse(List.of()).stream()
            .map(Callbacks::resolve)
            .toList();
    for (String name : names) {
      Optional<Setting> own = setting(prefix, RestKeys.CALLBACK.name());
      if (own.isPresent() && !callbacks.contains(name)) {
        problems.add(
            own.get(),
            own.get().quoted() + " is unknown" + DidYouMean.among(name, new TreeSet<>(callbacks)));
      }
    }
    return names;
  }

  private Optional<Report> report(String prefix, URI url) {
    Optional<String> path = own(prefix, RestKeys.REPORT_PATH);
    Optional<String> method = own(prefix, RestKeys.REPORT_METHOD);
    Optional<String> body = own(prefix, RestKeys.REPORT_BODY);
    if (path.isEmpty()
        && (method.isPresent() || body.isPresent())
        && setting(prefix, RestKeys.REPORT_PATH.name()).isEmpty()) {
      problems.addMissing(
          values.place(prefix + ".report.path", config),
          prefix + ".report.path",
          "add the path, such as /api/cronjobs/{id}/runs");
    }
    Optional<Template> address =
        path.flatMap(
            to ->
                template(
                    prefix,
                    RestKeys.REPORT_PATH,
                    () -> {
                      String whole = base(url) + to;
                      URI.create(whole.replaceAll("\\{[^{}]*}", "0"));
                      return Template.of(whole, Escape.URL, RunFacts.VOCABULARY);
                    }));
    Optional<JsonTemplate> document =
        body.flatMap(
            text ->
                template(
                    prefix,
                    RestKeys.REPORT_BODY,
                    () -> JsonTemplate.of(text, RunFacts.VOCABULARY)));
    return address.map(to -> new Report(method.orElse("POST"), to, document));
  }

  private interface Compiling<T> {
    T compile() throws InvalidTemplate;
  }

  private <T> Optional<T> template(String prefix, Key<?> key, Compiling<T> compiling) {
    Setting written = setting(prefix, key.name()).orElseThrow();
    try {
      return Optional.of(compiling.compile());
    } catch (InvalidTemplate e) {
      problems.add(written, written.quoted() + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      problems.add(written, written.quoted() + NO_PATH);
    }
    return Optional.empty();
  }

  private static String base(URI url) {
    return url.toString().replaceFirst("/+$", "");
  }

  private <T> Optional<T> own(String prefix, Key<T> key) {
    return values.find(key.in(prefix)).or(() -> values.find(key.in(RestKeys.SECTION)));
  }

  private Optional<Setting> setting(String prefix, String key) {
    return values
        .setting(prefix + "." + key)
        .or(() -> values.setting(RestKeys.SECTION + "." + key));
  }
}
