package io.actionscheduler.callback.plugin;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A jar in the plugins folder and the factories that it declares, as {@link
 * java.util.ServiceLoader} would find them, but so that messages can name the jar.
 */
final class PluginJar {
  private static final String DECLARATION = "META-INF/services/" + CallbackFactory.class.getName();

  private final Path file;
  private final List<String> declared;

  private PluginJar(Path file, List<String> declared) {
    this.file = requireNonNull(file, "file is null");
    this.declared = List.copyOf(declared);
  }

  /** Opens a jar and reads what it declares. */
  static PluginJar open(Path file) throws PluginFault {
    try (JarFile jar = new JarFile(file.toFile())) {
      Optional<ZipEntry> entry = Optional.ofNullable(jar.getEntry(DECLARATION));
      return new PluginJar(file, entry.isEmpty() ? List.of() : namesIn(jar, entry.get()));
    } catch (IOException e) {
      throw new PluginFault(
          file + ": cannot be read as a jar (" + e.getMessage() + "); replace it or take it out",
          e);
    }
  }

  Path file() {
    return file;
  }

  /** Names of the classes that it declares as factories. */
  List<String> declared() {
    return declared;
  }

  /** The declared factory of this name, as {@code loader} sees it. */
  CallbackFactory factory(String name, ClassLoader loader) throws PluginFault {
    try {
      Object made = Class.forName(name, true, loader).getConstructor().newInstance();
      if (made instanceof CallbackFactory factory) {
        requireNonNull(factory.type(), "its type() is null");
        requireNonNull(factory.settings(), "its settings() are null");
        return factory;
      }
      throw fault(name, "does not implement " + CallbackFactory.class.getName(), null);
    } catch (ClassNotFoundException e) {
      throw fault(name, "is not in it; " + DECLARATION + " names it", e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw fault(name, "has to be public, with a public constructor without arguments", e);
    } catch (InvocationTargetException e) {
      throw fault(name, "cannot be made: " + e.getCause(), e.getCause());
    } catch (LinkageError e) {
      throw fault(name, "cannot be loaded: " + e + "; is a jar that it needs missing?", e);
    } catch (RuntimeException e) {
      throw fault(name, "cannot be used: " + e, e);
    }
  }

  private PluginFault fault(String name, String what, Throwable cause) {
    return new PluginFault(file + ": the factory " + name + " " + what, cause);
  }

  private static List<String> namesIn(JarFile jar, ZipEntry entry) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
