package io.actionscheduler.app.parts;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.ForwardingCallback;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.email.EmailFactory;
import io.actionscheduler.callback.kafka.KafkaFactory;
import io.actionscheduler.callback.plugin.CallbackTypes;
import io.actionscheduler.callback.process.ProcessFactory;
import io.actionscheduler.callback.redis.RedisFactory;
import io.actionscheduler.callback.stdout.StandardOutput;
import io.actionscheduler.callback.stdout.StdoutFactory;
import io.actionscheduler.callback.webhook.WebhookFactory;
import io.actionscheduler.config.KeyedMessage;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the callbacks that the settings name: of the built-in kinds, plugins, or users' classes. To
 * be closed as soon as all are made: the plug-ins stay open until their last callback is closed.
 */
public final class CallbackMaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackMaker.class);

  private final Settings settings;
  private final CallbackTypes types;
  private final Set<String> builtIn;
  private int open; // callbacks of plug-ins; guarded by this
  private boolean last; // no more are made; guarded by this

  /** A callback whose plug-in is in use until it is closed. */
  private final class Made extends ForwardingCallback {
    private final AtomicBoolean closed = new AtomicBoolean();

    Made(BatchCallback callback) {
      super(callback);
    }

    @Override
    public void close() {
      try {
        super.close();
      } finally {
        if (closed.compareAndSet(false, true)) {
          closed();
        }
      }
    }
  }

  private CallbackMaker(Settings settings, List<CallbackFactory> builtIn, JobProcesses processes) {
    this.settings = settings;
    List<CallbackFactory> all = new ArrayList<>(builtIn);
    all.add(new ProcessFactory(processes.outputs()));
    all.addAll(processes.code().factories());
    this.builtIn = all.stream().map(CallbackFactory::type).collect(Collectors.toSet());
    this.types = new CallbackTypes(all, settings.pluginsDir());
    types.faults().forEach(fault -> LOG.warn("plugin not loaded: {}", fault));
    missingFolder(settings).ifPresent(LOG::warn);
  }

  /**
   * @param processes that callbacks share; they stay open when its callbacks are closed
   */
  static CallbackMaker of(
      Settings settings, InstantSource clock, CallbackHost host, JobProcesses processes) {
    KafkaFactory kafka =
        host.shards()
            .map(shards -> KafkaFactory.inCluster(clock, shards, host.isOwner()))
            .orElseGet(() -> new KafkaFactory(clock, host.shutOut(), host.isOwner()));
    return new CallbackMaker(settings, builtIn(clock, host.failing(), kafka), processes);
  }

  /**
   * Makes callbacks for fires that a person asks for, possibly while a scheduler is running.
   *
   * @param processes that callbacks share; they stay open when its callbacks are closed
   */
  public static CallbackMaker byHand(
      Settings settings, InstantSource clock, JobProcesses processes) {
    return new CallbackMaker(
        settings, builtIn(clock, reason -> {}, KafkaFactory.byHand(clock)), processes);
  }

  /** The message that the folder of plugins in the settings does not exist. */
  private static Optional<String> missingFolder(Settings settings) {
    if (Files.isDirectory(settings.pluginsDir())) {
      return Optional.empty();
    }
    return settings.origins().stream()
        .filter(origin -> origin.key().equals("plugins.dir"))
        .filter(origin -> !origin.source().equals("default"))
        .map(
            origin ->
                origin.source()
                    + ": plugins.dir: "
                    + settings.pluginsDir().toAbsolutePath()
                    + (Files.exists(settings.pluginsDir()) ? " is not a folder" : " does not exist")
                    + ", so that no plugin is loaded; correct the path, or make the folder")
        .findFirst();
  }

  private static List<CallbackFactory> builtIn(
      InstantSource clock, Consumer<String> failing, KafkaFactory kafka) {
    return List.of(
        new StdoutFactory(StandardOutput.ofProcess(failing), clock, ZoneId.systemDefault()),
        kafka,
        new RedisFactory(),
        new WebhookFactory(),
        new EmailFactory("email"),
        new EmailFactory("email_notification"));
  }

  /** Settings that no callback understands. */
  List<Problem> unknownSettings() {
    Set<String> named = new HashSet<>();
    settings.callbacks().values().forEach(callback -> named.add(callback.type()));
    return settings.unknownCallbackSettings(types.settings(named));
  }

  /**
   * Makes a callback of its settings; the caller closes it.
   *
   * @throws InvalidSetting when one of them is missing or cannot be used
   */
  public BatchCallback create(Settings.Named named) throws InvalidSetting {
    Map<String, String> values = new HashMap<>(named.values());
    values.put("max_concurrent", Integer.toString(settings.limits(named.name()).maxConcurrent()));
    BatchCallback made =
        types.create(new CallbackSettings(named.name(), named.type(), named.prefix(), values));
    if (builtIn.contains(named.type())) {
      return made;
    }
    synchronized (this) {
      open++;
    }
    return new Made(made);
  }

  /** No more are made. The plug-ins close with the last callback of theirs. */
  @Override
  public synchronized void close() {
    last = true;
    closeUnused();
  }

  private synchronized void closed() {
    open--;
    closeUnused();
  }

  private void closeUnused() {
    if (last && open == 0) {
      types.close();
    }
  }

  /**
   * Everything that is wrong with one callback.
   *
   * @param first the fault for which it could not be made
   */
  List<Problem> problems(Settings.Named named, InvalidSetting first) {
    CallbackFaults faults =
        new CallbackFaults(
            named.prefix(),
            named.values(),
            builtIn.contains(named.type()),
            values ->
                tried(new Settings.Named(named.name(), named.type(), named.prefix(), values)));
    return faults.all(first).stream().map(fault -> problem(named, fault)).toList();
  }

  private Optional<InvalidSetting> tried(Settings.Named named) {
    try (BatchCallback sound = create(named)) {
      return Optional.empty();
    } catch (InvalidSetting e) {
      return Optional.of(e);
    }
  }

  /** The problem with its place: the message begins with the key, whose place the settings know. */
  public Problem problem(Settings.Named named, InvalidSetting e) {
    KeyedMessage told = KeyedMessage.of(e.getMessage(), named.prefix());
    return new Problem(source(named, told.key()), told.key(), told.fault());
  }

  /** The place of the value, or of the callback's declaration when the value is missing. */
  private String source(Settings.Named named, String key) {
    String prefix = named.prefix() + ".";
    if (key.startsWith(prefix)) {
      String source = settings.originOf(named, key.substring(prefix.length()));
      if (!source.equals("default")) {
        return source;
      }
    }
    boolean hasType = !settings.originsOf(prefix + "type").isEmpty();
    return settings.placeOf(hasType ? prefix + "type" : named.prefix());
  }
}
