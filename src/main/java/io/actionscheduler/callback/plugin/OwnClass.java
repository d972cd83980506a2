package io.actionscheduler.callback.plugin;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.Callback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.OneByOne;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;

/** A callback that is a class of the user's own, named in the settings. */
final class OwnClass {
  private final Class<?> type;

  OwnClass(Class<?> type) {
    this.type = requireNonNull(type, "type is null");
  }

  /** Whether its constructor takes the settings. */
  boolean takesSettings() {
    return constructor(CallbackSettings.class).isPresent();
  }

  /**
   * Makes a callback of this class.
   *
   * @param subject the beginning of messages
   * @param concurrency the most fires at a time, for a callback of single fires
   */
  BatchCallback create(String subject, CallbackSettings settings, int concurrency)
      throws InvalidSetting {
    Object made = instance(subject, settings);
    if (made instanceof BatchCallback batches) {
      return batches;
    }
    return new OneByOne((Callback) made, concurrency);
  }

  private Object instance(String subject, CallbackSettings settings) throws InvalidSetting {
    if (!Callback.class.isAssignableFrom(type) && !BatchCallback.class.isAssignableFrom(type)) {
      throw fault(
          subject,
          "is not a callback; it has to implement "
              + Callback.class.getName()
              + " or "
              + BatchCallback.class.getSimpleName(),
          null);
    }
    try {
      Optional<Constructor<?>> withSettings = constructor(CallbackSettings.class);
      return withSettings.isPresent()
          ? withSettings.get().newInstance(settings)
          : type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw fault(
          subject,
          "cannot be made; it has to be public, not abstract, with a public constructor without"
              + " arguments or with "
              + CallbackSettings.class.getSimpleName(),
          e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InvalidSetting invalid) {
        throw invalid;
      }
      throw fault(subject, "cannot be made: its constructor threw " + e.getCause(), e.getCause());
    } catch (LinkageError e) {
      throw fault(subject, "cannot be made: " + e + "; is a jar that it needs missing?", e);
    }
  }

  private Optional<Constructor<?>> constructor(Class<?>... parameters) {
    return Arrays.stream(type.getConstructors())
        .filter(each -> Arrays.equals(each.getParameterTypes(), parameters))
        .findFirst();
  }

  private InvalidSetting fault(String subject, String what, Throwable cause) {
    return new InvalidSetting(subject + ": the class " + type.getName() + " " + what, cause);
  }
}
