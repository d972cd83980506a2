package io.actionscheduler.callback.plugin;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.text.DidYouMean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every type of callback that there is: the built-in ones, those of the jars in the plugins folder,
 * and any class of the user's own, by its name. To be closed after the callbacks made here.
 */
public final class CallbackTypes implements AutoCloseable {
  private static final int DEFAULT_CONCURRENCY = 20;

  /** The names of the built-in ones in the configuration of the Python program. */
  private static final Map<String, String> PYTHON =
      Map.of(
          "action_scheduler.callbacks:print_command", "stdout",
          "action_scheduler.callbacks:kafka_send", "kafka");

  private final Plugins plugins;
  private final SortedMap<String, List<Offer>> offers = new TreeMap<>();

  public CallbackTypes(Collection<? extends CallbackFactory> builtIn, Path pluginsFolder) {
    this.plugins = new Plugins(pluginsFolder);
    builtIn.forEach(factory -> add(new Offer(factory, "the program itself")));
    plugins.offers().forEach(this::add);
  }

  /** Faults of the plugins folder, one message each. */
  public List<String> faults() {
    return List.copyOf(plugins.faults());
  }

  /** The types that have a name, in alphabetical order. */
  public SortedSet<String> known() {
    return new TreeSet<>(offers.keySet());
  }

  /**
   * The keys of the settings that each type understands. Left out are types that do not exist, and
   * classes that read their settings themselves.
   */
  public Map<String, Set<String>> settings(Collection<String> types) {
    Map<String, Set<String>> settings = new HashMap<>();
    for (String type : types) {
      List<Offer> offered = offered(type);
      Set<Class<?>> own = offered.isEmpty() ? classes(type) : Set.of();
      if (offered.size() == 1) {
        settings.put(type, offered.get(0).factory().settings());
      } else if (own.size() == 1 && !new OwnClass(own.iterator().next()).takesSettings()) {
        settings.put(type, Set.of());
      }
    }
    return settings;
  }

  /**
   * Makes a callback of the type that {@code settings} name. A callback for single fires gets up to
   * {@code max_concurrent} at a time, by default 20.
   *
   * @throws InvalidSetting when there is no such type, or a value cannot be used
   */
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    List<Offer> offered = offered(settings.type());
    return switch (offered.size()) {
      case 0 -> ofClass(settings);
      case 1 -> ofFactory(offered.get(0), settings);
      default ->
          throw new InvalidSetting(
              subject(settings)
                  + ": \""
                  + settings.type()
                  + "\" is offered by "
                  + String.join(" and by ", offered.stream().map(Offer::origin).toList())
                  + "; take out all but one");
    };
  }

  @Override
  public void close() {
    plugins.close();
  }

  private void add(Offer offer) {
    offers.computeIfAbsent(offer.factory().type(), type -> new ArrayList<>()).add(offer);
  }

  private List<Offer> offered(String type) {
    return offers.getOrDefault(PYTHON.getOrDefault(type, type), List.of());
  }

  private static BatchCallback ofFactory(Offer offer, CallbackSettings settings)
      throws InvalidSetting {
    ClassLoader loader = offer.factory().getClass().getClassLoader();
    ClassLoader before = WithClassLoader.enter(loader);
    try {
      return inLoader(offer.factory().create(settings), loader);
    } catch (RuntimeException | LinkageError e) {
      throw new InvalidSetting(
          subject(settings)
              + ": \""
              + settings.type()
              + "\" (from "
              + offer.origin()
              + ") cannot be made: "
              + e,
          e);
    } finally {
      WithClassLoader.enter(before);
    }
  }

  private BatchCallback ofClass(CallbackSettings settings) throws InvalidSetting {
    Set<Class<?>> found = classes(settings.type());
    if (found.isEmpty()) {
      throw unknown(settings);
    }
    if (found.size() > 1) {
      throw new InvalidSetting(
          subject(settings)
              + ": the class "
              + settings.type()
              + " is in several folders of plugins; take out all but one");
    }
    Class<?> type = found.iterator().next();
    int concurrency = settings.number("max_concurrent", DEFAULT_CONCURRENCY, 1, 100_000);
    ClassLoader loader = type.getClassLoader();
    ClassLoader before = WithClassLoader.enter(loader);
    try {
      return inLoader(new OwnClass(type).create(subject(settings), settings, concurrency), loader);
    } finally {
      WithClassLoader.enter(before);
    }
  }

  /** The classes of this name; more than one when several folders of plugins have it. */
  private Set<Class<?>> classes(String name) {
    List<ClassLoader> loaders = new ArrayList<>(List.of(CallbackTypes.class.getClassLoader()));
    loaders.addAll(plugins.loaders());
    Set<Class<?>> found = new LinkedHashSet<>();
    for (ClassLoader loader : loaders) {
      try {
        found.add(Class.forName(name, false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        continue; // the other loaders are asked; the caller reports when none has it
      }
    }
    return found;
  }

  private InvalidSetting unknown(CallbackSettings settings) {
    String type = settings.type();
    String hint = DidYouMean.hint(type, offers.keySet());
    String fault;
    if (type.contains(":")) {
      fault = "\"" + type + "\" is a function of Python, which cannot be called from here";
    } else if (type.contains(".")) {
      fault = "no class \"" + type + "\" was found; put its jar into the folder of plugins";
    } else {
      fault = "\"" + type + "\" is unknown" + hint;
    }
    List<String> broken =
        plugins.faults().stream().map(each -> each.substring(0, each.indexOf(": "))).toList();
    String faults = broken.isEmpty() ? "" : "; not loaded: " + String.join(", ", broken);
    return new InvalidSetting(
        subject(settings)
            + ": "
            + fault
            + (fault.endsWith("?") ? " known: " : "; known: ")
            + String.join(", ", offers.keySet())
            + ", a class of your own"
            + faults);
  }

  /**
   * The beginning of messages: a class that is named in place of a callback has no key {@code
   * type}.
   */
  private static String subject(CallbackSettings settings) {
    return settings.name().equals(settings.type())
        ? settings.prefix()
        : settings.prefix() + ".type";
  }

  private static BatchCallback inLoader(BatchCallback callback, ClassLoader loader) {
    return loader == CallbackTypes.class.getClassLoader()
        ? callback
        : new WithClassLoader(callback, loader);
  }
}
