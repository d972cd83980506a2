package io.actionscheduler.text;

import io.actionscheduler.schedule.OddCharacters;
import io.actionscheduler.text.YamlNode.Kind;
import io.actionscheduler.text.YamlNode.Mapping;
import io.actionscheduler.text.YamlNode.Member;
import io.actionscheduler.text.YamlNode.Scalar;
import io.actionscheduler.text.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Represent;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML 1.1 as nodes that know their line. What surprises in it is either refused (a name twice, a
 * second document, a tag) or taken as the text that was written ({@code 010}, {@code 12:30}, {@code
 * 2050-05-05}).
 */
public final class Yaml {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final int MAX_DEPTH = 100;
  private static final int MAX_CODE_POINTS = 256 * 1024 * 1024;
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(0|[1-9][0-9]*)?\\.[0-9]+([eE][-+]?[0-9]+)?");

  private long nodesLeft;

  /** A text has fewer values than characters; only aliases that double themselves have more. */
  private Yaml(String text) {
    this.nodesLeft = 100_000L + text.length();
  }

  /**
   * The only document of {@code text}; empty when there is none.
   *
   * @throws InvalidYaml when it is not YAML, or has more than one document
   */
  public static Optional<YamlNode> parse(String text) throws InvalidYaml {
    try {
      Node root = composer(text).getSingleNode();
      if (root instanceof ScalarNode scalar && scalar.isPlain()) {
        Optional<InvalidYaml> odd = OddSyntax.find(text);
        if (odd.isPresent()) {
          throw odd.get();
        }
      }
      return root == null ? Optional.empty() : Optional.of(new Yaml(text).read(root, 0));
    } catch (MarkedYAMLException e) {
      throw told(text, e);
    } catch (YAMLException e) {
      throw new InvalidYaml(firstLine(e.getMessage()), 0, 0);
    }
  }

  /**
   * All documents of {@code text}, empty ones left out; {@code most} at most.
   *
   * @throws InvalidYaml where one of them cannot be read, or there are more
   */
  public static List<YamlNode> parseAll(String text, int most) throws InvalidYaml {
    try {
      Composer composer = composer(text);
      Yaml reader = new Yaml(text);
      List<YamlNode> documents = new ArrayList<>();
      for (int count = 1; composer.checkNode(); count++) {
        Node node = composer.getNode();
        if (count > most) {
          throw at(node, "more than " + most + " documents; split the file");
        }
        YamlNode document = reader.read(node, 0);
        if (!(document instanceof Scalar scalar && scalar.kind() == Kind.NOTHING)) {
          documents.add(document);
        }
      }
      return documents;
    } catch (MarkedYAMLException e) {
      throw told(text, e);
    } catch (YAMLException e) {
      throw new InvalidYaml(firstLine(e.getMessage()), 0, 0);
    }
  }

  /** Not the library's own Yaml, which loads what makes and writes objects, too. */
  private static Composer composer(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setMergeOnCompose(true);
    return new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options);
  }

  /** Block style, readable by people; {@link #parse} gives the same value back. */
  public static String write(Object value) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return new org.yaml.snakeyaml.Yaml(new Writer(options), options).dump(value);
  }

  /**
   * Writes values so that reading gives the same: escapes control characters, where the library
   * would write the whole text in base 64, and line ends that only YAML knows; writes fractions so
   * that they do not become text.
   */
  private static final class Writer extends Representer {
    private static final Pattern CHANGED_BY_READING =
        Pattern.compile("[\\r\\x85\\u2028\\u2029\\ufeff]");

    Writer(DumperOptions options) {
      super(options);
      Represent otherwise = representers.get(String.class);
      representers.put(
          String.class,
          text ->
              StreamReader.isPrintable(text.toString())
                      && !CHANGED_BY_READING.matcher(text.toString()).find()
                  ? otherwise.representData(text)
                  : representScalar(Tag.STR, text.toString(), ScalarStyle.DOUBLE_QUOTED));
      Represent fraction = number -> representScalar(Tag.FLOAT, fraction(number.toString()));
      representers.put(Double.class, fraction);
      representers.put(BigDecimal.class, fraction);
    }

    /** YAML 1.1 takes a number for a fraction where it has a point, and signs its exponent. */
    private static String fraction(String written) {
      int e = written.indexOf('E');
      String digits = e < 0 ? written : written.substring(0, e);
      String exponent = e < 0 ? "" : written.substring(e + 1);
      return (digits.contains(".") ? digits : digits + ".0")
          + (e < 0 ? "" : "e" + (exponent.matches("[-+].*") ? exponent : "+" + exponent));
    }
  }

  /** Whether one of YAML's words for true. */
  static boolean isTrue(String word) {
    return TRUE.contains(word.toLowerCase(Locale.ROOT));
  }

  private YamlNode read(Node node, int depth) throws InvalidYaml {
    if (--nodesLeft < 0) {
      throw at(node, "too large, because of aliases that repeat each other; write them out");
    }
    if (depth > MAX_DEPTH) {
      throw at(node, "nested more than " + MAX_DEPTH + " levels, or an alias that holds itself");
    }
    int line = line(node);
    if (node instanceof ScalarNode scalar) {
      return new Scalar(scalar.getValue(), kind(scalar), line);
    }
    if (node instanceof SequenceNode sequence) {
      expect(sequence, Tag.SEQ);
      List<YamlNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(read(item, depth + 1));
      }
      return new Sequence(items, line);
    }
    MappingNode mapping = (MappingNode) node;
    expect(mapping, Tag.MAP);
    Map<String, Member> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = name(tuple.getKeyNode());
      Member before = members.get(name);
      if (before != null) {
        throw at(
            tuple.getKeyNode(),
            Quoted.quote(name) + " is set twice, first in line " + before.line() + "; keep one");
      }
      members.put(
          name, new Member(read(tuple.getValueNode(), depth + 1), line(tuple.getKeyNode())));
    }
    return new Mapping(members, line);
  }

  private static String name(Node node) throws InvalidYaml {
    if (node instanceof ScalarNode scalar) {
      String name = scalar.getValue();
      // In quotes it is meant: that is how a name of parameters is exported.
      if (scalar.isPlain() && !name.isEmpty()) {
        int first = name.codePointAt(0);
        int last = name.codePointBefore(name.length());
        if (OddCharacters.isOdd(first)) {
          throw odd(node, name, "begins", first, "write spaces");
        }
        if (OddCharacters.isUnseen(last)) {
          throw odd(node, name, "ends", last, "leave it out");
        }
      }
      return name;
    }
    throw at(node, "a name is expected before the colon, not a list or a section");
  }

  private static InvalidYaml odd(Node node, String name, String does, int odd, String remedy) {
    return at(
        node,
        Quoted.quote(name)
            + " "
            + does
            + " with "
            + OddCharacters.name(odd)
            + ", as in text that was copied from a web page or a document; "
            + remedy);
  }

  private static Kind kind(ScalarNode node) throws InvalidYaml {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP) || tag.equals(Tag.MERGE)) {
      return Kind.TEXT;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    }
    if (tag.equals(Tag.NULL)) {
      return Kind.NOTHING;
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      // 010 is 8, 1_0 is 10 and 12:30 is 750 to YAML 1.1 alone: nobody who writes them means that.
      return WHOLE.matcher(text).matches()
          ? Kind.WHOLE
          : FRACTION.matcher(text).matches() ? Kind.FRACTION : Kind.TEXT;
    }
    throw at(
        node,
        "the tag "
            + tag.getValue()
            + " is not supported; leave it out, or put the value in quotes");
  }

  private static void expect(Node node, Tag tag) throws InvalidYaml {
    if (!node.getTag().equals(tag)) {
      throw at(node, "the tag " + node.getTag().getValue() + " is not supported; leave it out");
    }
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  private static InvalidYaml at(Node node, String message) {
    return new InvalidYaml(
        message, line(node), node.getStartMark() == null ? 0 : node.getStartMark().getColumn() + 1);
  }

  private static InvalidYaml told(String text, MarkedYAMLException e) {
    return OddSyntax.find(text, e).or(() -> UnquotedValue.find(text, e)).orElseGet(() -> fault(e));
  }

  /** Without the library's excerpt of the text, which may show a secret. */
  private static InvalidYaml fault(MarkedYAMLException e) {
    String problem = firstLine(e.getProblem() == null ? e.getContext() : e.getProblem());
    String context = e.getContext() == null || e.getProblem() == null ? "" : e.getContext() + ": ";
    var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    return mark == null
        ? new InvalidYaml(context + problem, 0, 0)
        : new InvalidYaml(context + problem, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(String text) {
    return text == null
        ? "unreadable"
        : Quoted.escape(text.lines().findFirst().orElse("unreadable"));
  }
}
