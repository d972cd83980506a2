package io.actionscheduler;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Finds public methods and constructors of public types that do not say when they throw an
 * exception: one that they declare, or an unchecked one that their own statements throw. What is
 * thrown inside {@code try} or {@code catch} is left out: it may be caught, or tell of a defect.
 */
final class DocumentedExceptions {
  private final List<JavaFileObject> sources = new ArrayList<>();
  private final List<String> undocumented = new ArrayList<>();
  private int declarations;

  /** All sources below {@code folder}. */
  void addAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
        add(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  /** One source. */
  void add(String file, String text) {
    sources.add(new Source(file, text));
  }

  /** How many exceptions were found; to be asked after {@link #undocumented}. */
  int declarations() {
    return declarations;
  }

  /** Each exception without its tag: file, method and exception. */
  List<String> undocumented() throws IOException {
    JavacTask compiler =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, sources);
    DocTrees docs = DocTrees.instance(compiler);
    for (CompilationUnitTree source : compiler.parse()) {
      new PublicMethods(source, docs).scan(source, null);
    }
    return List.copyOf(undocumented);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("string:///" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private final class PublicMethods extends TreePathScanner<Void, Void> {
    private final String file;
    private final DocTrees docs;
    private final Deque<ClassTree> types = new ArrayDeque<>();

    PublicMethods(CompilationUnitTree source, DocTrees docs) {
      this.file = source.getSourceFile().getName().substring(1);
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      types.push(type);
      super.visitClass(type, unused);
      types.pop();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (isPublic(method)) {
        String doc = String.valueOf(docs.getDocComment(getCurrentPath()));
        for (String thrown : thrown(method)) {
          declarations++;
          if (!doc.matches("(?s).*@throws\\s+" + Pattern.quote(thrown) + "\\b.*")) {
            String constructor = types.peek().getSimpleName().toString();
            String name = method.getName().toString().replace("<init>", constructor);
            undocumented.add(file + ": " + name + ": " + thrown);
          }
        }
      }
      return super.visitMethod(method, unused);
    }

    private boolean isPublic(MethodTree method) {
      boolean inInterface = types.peek().getKind() == Tree.Kind.INTERFACE;
      Set<Modifier> modifiers = method.getModifiers().getFlags();
      return modifiers.contains(inInterface ? Modifier.PRIVATE : Modifier.PUBLIC) != inInterface
          && types.stream().allMatch(this::isPublic)
          && method.getModifiers().getAnnotations().stream()
              .noneMatch(each -> each.getAnnotationType().toString().equals("Override"));
    }

    private boolean isPublic(ClassTree type) {
      return type.getModifiers().getFlags().contains(Modifier.PUBLIC)
          || type != types.peekLast() && types.peekLast().getKind() == Tree.Kind.INTERFACE;
    }
  }

  private static Set<String> thrown(MethodTree method) {
    Set<String> all = new TreeSet<>();
    method.getThrows().forEach(each -> all.add(each.toString()));
    if (method.getBody() != null) {
      new Thrown(all).scan(method.getBody(), null);
    }
    return all;
  }

  private static final class Thrown extends TreeScanner<Void, Void> {
    private final Set<String> all;

    Thrown(Set<String> all) {
      this.all = all;
    }

    @Override
    public Void visitThrow(ThrowTree tree, Void unused) {
      if (tree.getExpression() instanceof NewClassTree made
          && !made.getIdentifier().toString().equals("AssertionError")) {
        all.add(made.getIdentifier().toString());
      }
      return null;
    }

    @Override
    public Void visitTry(TryTree tree, Void unused) {
      return scan(tree.getFinallyBlock(), unused);
    }

    @Override
    public Void visitCatch(CatchTree tree, Void unused) {
      return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
      return null; // thrown later, elsewhere
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      return null;
    }
  }
}
