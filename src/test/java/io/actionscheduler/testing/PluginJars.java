package io.actionscheduler.testing;

import io.actionscheduler.callback.CallbackFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds jars for the plugins folder, as a user's build would. */
public final class PluginJars {
  private static final String SERVICES = "META-INF/services/" + CallbackFactory.class.getName();

  private PluginJars() {}

  /** Compiles classes, source by full name, into {@code jar}, which declares {@code factories}. */
  public static void build(Path jar, Map<String, String> sources, String... factories) {
    List<? extends JavaFileObject> files =
        sources.entrySet().stream()
            .map(each -> new Source(each.getKey(), each.getValue()))
            .toList();
    pack(jar, compile(files), Map.of(SERVICES, String.join("\n", factories)));
  }

  /** Compiles a Maven project without further dependencies, such as those in {@code examples}. */
  public static void buildProject(Path jar, Path project) {
    Path resources = project.resolve("src/main/resources");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> sources = filesBelow(project.resolve("src/main/java"));
    pack(
        jar,
        compile(
            compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(sources)),
        Map.of(SERVICES, read(resources.resolve(SERVICES))));
  }

  private static Path compile(Iterable<? extends JavaFileObject> sources) {
    try {
      Path classes = Files.createTempDirectory("plugin-classes-");
      Path scheduler =
          Path.of(
              CallbackFactory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      StringWriter messages = new StringWriter();
      List<String> options =
          List.of("-d", classes.toString(), "-cp", scheduler.toString(), "-Xlint:all", "-Werror");
      boolean fine =
          ToolProvider.getSystemJavaCompiler()
              .getTask(messages, null, null, options, null, sources)
              .call();
      if (!fine) {
        throw new IllegalStateException("does not compile:\n" + messages);
      }
      return classes;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pack(Path jar, Path classes, Map<String, String> texts) {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : filesBelow(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.putNextEntry(new JarEntry(text.getKey()));
        out.write(text.getValue().getBytes(StandardCharsets.UTF_8));
      }
      delete(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
