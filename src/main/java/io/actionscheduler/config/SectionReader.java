package io.actionscheduler.config;

import static java.util.stream.Collectors.joining;

import io.actionscheduler.config.Catalogue.Place;
import io.actionscheduler.text.Secrets;
import io.actionscheduler.text.YamlNode;
import io.actionscheduler.text.YamlNode.Kind;
import io.actionscheduler.text.YamlNode.Mapping;
import io.actionscheduler.text.YamlNode.Member;
import io.actionscheduler.text.YamlNode.Scalar;
import io.actionscheduler.text.YamlNode.Sequence;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** Flattens a tree of settings into a layer: {@code kafka: {server: x}} to {@code kafka.server}. */
final class SectionReader {
  private final Catalogue catalogue;
  private final Layer layer;
  private final IntFunction<Source> sourceAt;
  private final Problems problems;

  /**
   * @param sourceAt the source for a line
   */
  SectionReader(Catalogue catalogue, Layer layer, IntFunction<Source> sourceAt, Problems problems) {
    this.catalogue = catalogue;
    this.layer = layer;
    this.sourceAt = sourceAt;
    this.problems = problems;
  }

  /** Reads the values at {@code path}; an empty path is the whole document. */
  void read(String path, YamlNode node) {
    if (node instanceof Mapping mapping) {
      section(path, mapping);
    } else if (node instanceof Sequence list) {
      list(path, list);
    } else if (node instanceof Scalar scalar) {
      value(path, scalar);
    }
  }

  private void section(String path, Mapping mapping) {
    if (catalogue.at(path) == Place.VALUE) {
      wrong(path, mapping, "is a section where one value is expected" + quotes(mapping.members()));
      return;
    }
    for (Map.Entry<String, Member> entry : mapping.members().entrySet()) {
      Member member = entry.getValue();
      String name = entry.getKey();
      String below = path.isEmpty() ? name : path + "." + name;
      if (path.equals(Catalogue.CALLBACKS) && !Catalogue.isCallbackName(name)) {
        problems.add(sourceAt.apply(member.line()), below, UnknownName.NO_CALLBACK_NAME);
      } else if (catalogue.at(below) == Place.UNKNOWN) {
        unknown(below, member);
      } else {
        read(below, member.value());
      }
    }
  }

  /** A template that stands alone is a section with a name and nothing else to YAML. */
  private static String quotes(Map<String, Member> members) {
    boolean template =
        members.size() == 1
            && members.values().iterator().next().value() instanceof Scalar scalar
            && scalar.kind() == Kind.NOTHING;
    return template
        ? "; write \"{"
            + members.keySet().iterator().next()
            + "}\", in quotes, for a value in braces"
        : "";
  }

  private void list(String path, Sequence list) {
    Place place = catalogue.at(path);
    if (place == Place.OPEN || path.equals(CalendarReader.BLACKOUT)) {
      layer.replace(path);
      for (int i = 0; i < list.items().size(); i++) {
        read(path + "." + i, list.items().get(i));
      }
      return;
    }
    boolean flat = list.items().stream().allMatch(Scalar.class::isInstance);
    if (Keys.LISTS.contains(path) && flat) {
      put(
          path,
          list.items().stream().map(item -> ((Scalar) item).text()).collect(joining(",")),
          list.line());
    } else {
      wrong(
          path,
          list,
          place == Place.SECTION
              ? "is a list where a section is expected" + UnknownName.known(catalogue, path)
              : "is a list where one value is expected");
    }
  }

  private void value(String path, Scalar scalar) {
    if (scalar.kind() == Kind.NOTHING) {
      layer.replace(path);
    } else if (catalogue.at(path) == Place.SECTION && !path.equals(CalendarReader.BLACKOUT)) {
      wrong(
          path,
          scalar,
          Secrets.quote(path, scalar.text())
              + " stands where a section is expected"
              + UnknownName.known(catalogue, path));
    } else {
      put(path, scalar.text(), scalar.line());
    }
  }

  private void put(String path, String value, int line) {
    Setting setting = new Setting(path, value, sourceAt.apply(line), false);
    if (setting.source().rank() != Source.Rank.FILE) {
      layer.put(setting);
      return;
    }
    layer
        .put(setting)
        .ifPresent(
            before ->
                problems.add(setting, "set twice, first at " + before.source() + "; keep one"));
  }

  private void unknown(String path, Member member) {
    Optional<String> value =
        member.value() instanceof Scalar scalar && scalar.kind() != Kind.NOTHING
            ? Optional.of(scalar.text())
            : Optional.empty();
    problems.add(
        sourceAt.apply(member.line()),
        path,
        UnknownName.message(catalogue, path, value, UnaryOperator.identity()));
  }

  private void wrong(String path, YamlNode node, String message) {
    problems.add(sourceAt.apply(node.line()), path, message);
  }
}
