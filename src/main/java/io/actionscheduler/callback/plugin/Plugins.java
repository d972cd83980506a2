package io.actionscheduler.callback.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plugins folder: the jars in it share a class loader, and those in each folder below it have
 * one of their own, so that a plugin can bring other versions of what another one uses.
 */
final class Plugins implements AutoCloseable {
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final List<Offer> offers = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Reads {@code folder}. Files in it that cannot be used become faults; a missing folder counts as
   * empty.
   */
  Plugins(Path folder) {
    if (Files.exists(folder)) {
      load(folder);
      list(folder).stream().filter(Files::isDirectory).forEach(this::load);
    }
  }

  List<Offer> offers() {
    return offers;
  }

  /** The files that cannot be used, one message each. */
  List<String> faults() {
    return faults;
  }

  /** The loaders of users' classes, besides that of the program. */
  List<? extends ClassLoader> loaders() {
    return loaders;
  }

  @Override
  public void close() {
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        throw new IllegalStateException("plugins cannot be closed: " + e.getMessage(), e);
      }
    }
  }

  private void load(Path folder) {
    List<PluginJar> jars = jars(folder);
    if (jars.isEmpty()) {
      return;
    }
    URLClassLoader loader =
        new URLClassLoader(
            folder.toString(),
            jars.stream().map(jar -> url(jar.file())).toArray(URL[]::new),
            Plugins.class.getClassLoader());
    loaders.add(loader);
    for (PluginJar jar : jars) {
      for (String name : jar.declared()) {
        try {
          offers.add(new Offer(jar.factory(name, loader), jar.file().toString()));
        } catch (PluginFault e) {
          faults.add(e.getMessage());
        }
      }
    }
  }

  private List<PluginJar> jars(Path folder) {
    List<PluginJar> jars = new ArrayList<>();
    for (Path file : list(folder)) {
      if (file.getFileName().toString().endsWith(".jar") && !Files.isDirectory(file)) {
        try {
          jars.add(PluginJar.open(file));
        } catch (PluginFault e) {
          faults.add(e.getMessage());
        }
      }
    }
    return jars;
  }

  /** In the order of names, so that every start finds the same first. */
  private List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      faults.add(folder + ": cannot be listed as the folder of plugins (" + e + ")");
      return List.of();
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no URL for " + file, e);
    }
  }
}
