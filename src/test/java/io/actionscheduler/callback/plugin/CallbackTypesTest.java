package io.actionscheduler.callback.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.Callback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.OneByOne;
import io.actionscheduler.callback.Report;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.PluginJars;
import io.actionscheduler.testing.Reported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbackTypesTest {
  private static final String FACTORY =
      """
      package p;
      import io.actionscheduler.callback.*;
      public class %1$s implements CallbackFactory {
        public String type() { return "%2$s"; }
        public java.util.Set<String> settings() { return java.util.Set.of("url"); }
        public BatchCallback create(CallbackSettings settings) {
          return new OneByOne(delivery -> { %3$s }, 1);
        }
      }
      """;

  @TempDir Path plugins;
  private final List<CallbackTypes> opened = new ArrayList<>();

  @BeforeEach
  void forgetWhatAnEarlierTestMade() {
    NoArguments.delivered.clear();
  }

  @AfterEach
  void close() {
    opened.forEach(CallbackTypes::close);
  }

  @Test
  void builtInTypesAreThereUnderTheirNamesAndThoseOfThePythonProgram() throws Exception {
    for (String type : List.of("kafka", "action_scheduler.callbacks:kafka_send")) {
      assertThat(Reported.on(types().create(settings(type)), Deliveries.of("a")).delivered())
          .hasSize(1);
    }
    assertThat(types().known()).containsExactly("kafka", "stdout");
    assertThat(types().settings(Set.of("kafka", "nothing")))
        .containsOnly(Map.entry("kafka", Set.of("topic")));
  }

  @Test
  void aMissingFolderOfPluginsIsAnEmptyOne() {
    CallbackTypes types = new CallbackTypes(List.of(), plugins.resolve("none"));
    assertThat(types.faults()).isEmpty();
    assertThat(types.known()).isEmpty();
  }

  @Test
  void jarsBringTypesAndEachFolderKeepsItsOwnClasses() throws Exception {
    Path one = Files.createDirectory(plugins.resolve("one"));
    Path two = Files.createDirectory(plugins.resolve("two"));
    jar(plugins.resolve("top.jar"), "Top", "top", "");
    jar(one.resolve("a.jar"), "Same", "first", "");
    jar(two.resolve("b.jar"), "Same", "second", "");
    assertThat(types().faults()).isEmpty();
    assertThat(types().known()).containsExactly("first", "kafka", "second", "stdout", "top");
    try (BatchCallback callback = types().create(settings("second"))) {
      assertThat(Reported.on(callback, Deliveries.of("a")).delivered()).hasSize(1);
    }
  }

  @Test
  void aPluginRunsWithItsOwnClassLoaderOnTheThread() throws Exception {
    String check =
        "if (Thread.currentThread().getContextClassLoader() != Mine.class.getClassLoader())"
            + " throw new IllegalStateException();";
    jar(plugins.resolve("a.jar"), "Mine", "mine", check);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (BatchCallback callback = types().create(settings("mine"))) {
      assertThat(Reported.on(callback, Deliveries.of("a")).delivered()).hasSize(1);
    }
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void anUnknownTypeIsToldWithWhatWasMeantAndWhatThereIs() {
    refuses(
        "kafak",
        "callbacks.mine.type: \"kafak\" is unknown; did you mean kafka? known: kafka, stdout");
    refuses("webhook", "callbacks.mine.type: \"webhook\" is unknown; known: kafka, stdout");
    refuses("my.module:send", "\"my.module:send\" is a function of Python");
  }

  @Test
  void aBrokenJarIsAFaultThatTheMessageOfAMissingTypeShows() throws Exception {
    Files.writeString(plugins.resolve("broken.jar"), "not a jar");
    jar(plugins.resolve("fine.jar"), "Fine", "fine", "");
    assertThat(types().known()).contains("fine");
    assertThat(types().faults())
        .hasSize(1)
        .first()
        .asString()
        .contains("broken.jar: cannot be read");
    refuses("alert", "not loaded: " + plugins.resolve("broken.jar"));
  }

  @Test
  void aFactoryThatCannotBeUsedIsAFaultOfItsJar() {
    String broken =
        "package p; public class %s { static { if (true) throw new IllegalStateException(); } }";
    PluginJars.build(
        plugins.resolve("a.jar"), Map.of("p.Some", "package p; public class Some {}"), "p.Missing");
    PluginJars.build(
        plugins.resolve("b.jar"), Map.of("p.Other", "package p; public class Other {}"), "p.Other");
    PluginJars.build(
        plugins.resolve("c.jar"), Map.of("p.Broken", broken.formatted("Broken")), "p.Broken");
    PluginJars.build(
        plugins.resolve("d.jar"),
        Map.of("p.NoType", FACTORY.formatted("NoType", "x", "").replace("\"x\"", "null")),
        "# comment",
        "p.NoType # and another");
    assertThat(types().faults())
        .satisfiesExactly(
            fault -> assertThat(fault).contains("a.jar: the factory p.Missing is not in it"),
            fault -> assertThat(fault).contains("b.jar: the factory p.Other does not implement"),
            fault -> assertThat(fault).contains("c.jar: the factory p.Broken cannot be loaded"),
            fault -> assertThat(fault).contains("d.jar: the factory p.NoType cannot be used"));
  }

  @Test
  void twoFactoriesOfOneTypeAreRefusedByTheirOrigins() {
    jar(plugins.resolve("a.jar"), "A", "twice", "");
    jar(plugins.resolve("b.jar"), "B", "twice", "");
    jar(plugins.resolve("c.jar"), "C", "kafka", "");
    refuses(
        "twice",
        "\"twice\" is offered by "
            + plugins.resolve("a.jar")
            + " and by "
            + plugins.resolve("b.jar"));
    refuses("kafka", "\"kafka\" is offered by the program itself and by ");
  }

  @Test
  void aClassOfOnesOwnIsMadeByItsName() throws Exception {
    BatchCallback single = types().create(settings(NoArguments.class.getName()));
    assertThat(single).isInstanceOf(OneByOne.class);
    assertThat(single.concurrency()).isEqualTo(20);
    Reported.on(single, Deliveries.of("a"));
    assertThat(NoArguments.delivered).containsExactly("a");
    assertThat(types().create(settings(Batches.class.getName()))).isInstanceOf(Batches.class);
    assertThat(types().settings(Set.of(NoArguments.class.getName(), Batches.class.getName())))
        .containsOnly(Map.entry(NoArguments.class.getName(), Set.of()));
  }

  @Test
  void aClassThatIsNoCallbackIsToldWhatItLacks() {
    refuses("com.example.Nowhere", "no class \"com.example.Nowhere\" was found");
    refuses("java.lang.String", "java.lang.String is not a callback; it has to implement");
    refuses(WantsMore.class.getName(), "public constructor without arguments or with");
    refuses(Throws.class.getName(), "its constructor threw java.lang.IllegalStateException: boom");
    refuses(Picky.class.getName(), "callbacks.mine.url: required, and not set");
  }

  @Test
  void aClassNamedWhereACallbackIsAskedForIsToldByThatKey() {
    CallbackSettings settings =
        new CallbackSettings("com.example.No", "com.example.No", "action.callback", Map.of());
    assertThatThrownBy(() -> types().create(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("action.callback: no class");
  }

  private void refuses(String type, String message) {
    assertThatThrownBy(() -> types().create(settings(type)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(message);
  }

  private CallbackTypes types() {
    CallbackTypes types =
        new CallbackTypes(List.of(new Known("kafka"), new Known("stdout")), plugins);
    opened.add(types);
    return types;
  }

  private static CallbackSettings settings(String type) {
    return new CallbackSettings("mine", type, "callbacks.mine", Map.of());
  }

  private static void jar(Path jar, String name, String type, String body) {
    PluginJars.build(jar, Map.of("p." + name, FACTORY.formatted(name, type, body)), "p." + name);
  }

  private record Known(String type) implements CallbackFactory {
    @Override
    public Set<String> settings() {
      return Set.of("topic");
    }

    @Override
    public BatchCallback create(CallbackSettings settings) {
      return new OneByOne(delivery -> {}, 1);
    }
  }

  /** Takes no settings. */
  public static final class NoArguments implements Callback {
    static final List<String> delivered = new ArrayList<>();

    @Override
    public void deliver(Delivery delivery) {
      delivered.add(delivery.action().command());
    }
  }

  /** Takes batches. */
  public static class Batches implements BatchCallback {
    public Batches(CallbackSettings settings) throws InvalidSetting {}

    @Override
    public void deliver(List<Delivery> batch, Report report) {}

    @Override
    public int batchSize() {
      return 1;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public void close() {}
  }

  /** Has no constructor that fits. */
  public static final class WantsMore extends Batches {
    public WantsMore(String more) throws InvalidSetting {
      super(settings(more));
    }
  }

  /** Cannot be made. */
  public static final class Throws extends Batches {
    public Throws(CallbackSettings settings) throws InvalidSetting {
      super(settings);
      throw new IllegalStateException("boom");
    }
  }

  /** Checks its settings. */
  public static final class Picky extends Batches {
    public Picky(CallbackSettings settings) throws InvalidSetting {
      super(settings);
      settings.required("url");
    }
  }
}
